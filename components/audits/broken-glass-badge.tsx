import { Siren } from "lucide-react";
import { Badge } from "@/components/ui/badge";

/** Says of an audit that it judges what a lead approved alone. */
export function BrokenGlassBadge() {
  return (
    <Badge tone="declined" className="ms-2">
      <Siren aria-hidden />
      Broken glass
    </Badge>
  );
}

import { FocusSkeleton } from "@/components/reviews/focus-skeleton";

export default function ReviewLoading() {
  return <FocusSkeleton />;
}

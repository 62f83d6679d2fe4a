import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { partWords, type RaisedPart } from "@/lib/apps/raised-parts";

type Props = {
  raised: readonly RaisedPart[];
  reason: string;
  error?: string;
  onReason: (reason: string) => void;
};

/** Says that what is typed takes a second admin, and asks why it is wanted. */
export function RaiseReason({ raised, reason, error, onReason }: Props) {
  const what = raised.map((part) => partWords[part]).join(", ");
  return (
    <div className="flex flex-col gap-3 rounded-control bg-review-soft px-3 py-2">
      <p className="text-sm" role="status">
        This lets more run alone ({what}), and the type moves money or cannot be undone: another admin signs
        it. Until then everything stays as it is.
      </p>
      <Field label="Why" required hint="The second admin reads it." error={error}>
        <Textarea value={reason} onChange={(event) => onReason(event.target.value)} maxLength={1000} />
      </Field>
    </div>
  );
}

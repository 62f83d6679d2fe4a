import { createContext, use } from "react";

type FieldControl = { id: string; describedBy?: string; invalid: boolean; required: boolean };

/** What a `Field` tells the control inside it. */
export const FieldControlContext = createContext<FieldControl | null>(null);

type ControlProps = {
  id?: string;
  required?: boolean;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling";
};

/** Ties a control to the label, hint and error of the `Field` around it; the control's own props win. */
export function useFieldControl<P extends ControlProps>(props: P): P {
  const field = use(FieldControlContext);
  if (!field) return props;
  return {
    ...props,
    id: props.id ?? field.id,
    required: props.required ?? (field.required || undefined),
    "aria-describedby": props["aria-describedby"] ?? field.describedBy,
    "aria-invalid": props["aria-invalid"] ?? (field.invalid || undefined),
  };
}

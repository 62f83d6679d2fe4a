"use client";

import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { EditField } from "./edit-values";
import { keywordText } from "./keyword-text";

type Props = {
  field: EditField;
  text: string;
  onText: (text: string) => void;
};

/** The control of one argument, by its kind. */
export function EditControl({ field, text, onText }: Props) {
  if (field.kind === "choice" || field.kind === "boolean") {
    const options = field.kind === "boolean" ? ["true", "false"] : field.options;
    return (
      <Select value={text} onChange={(event) => onText(event.target.value)}>
        {options.includes(text) ? null : <option value={text}>{text === "" ? "Not given" : text}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {keywordText(option)}
          </option>
        ))}
      </Select>
    );
  }
  if (field.kind === "long" || field.kind === "json") {
    return (
      <Textarea
        autoComplete="off"
        value={text}
        spellCheck={field.kind === "long"}
        className={field.kind === "json" ? "font-mono text-xs" : undefined}
        onChange={(event) => onText(event.target.value)}
      />
    );
  }
  const numeric = field.kind === "text" ? undefined : field.kind === "integer" ? "numeric" : "decimal";
  return (
    <Input
      autoComplete="off"
      value={text}
      inputMode={numeric}
      onChange={(event) => onText(event.target.value)}
    />
  );
}

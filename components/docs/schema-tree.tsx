/** One line of a schema: its type and limits already in words. */
export type SchemaField = {
  name: string;
  type: string;
  required: boolean;
  description: string | null;
  limits: string[];
  fields: SchemaField[];
};

/** A schema as a tree of fields: name, type, whether it is required, what it means; inner objects fold. */
export function SchemaTree({ fields }: { fields: SchemaField[] }) {
  return (
    <ul className="divide-y rounded-card border bg-card">
      {fields.map((field) => (
        <li key={field.name} className="flex flex-col gap-1 px-3 py-2">
          <Line field={field} />
          {field.fields.length > 0 ? (
            <details>
              <summary className="flex min-h-6 w-fit cursor-pointer items-center text-xs font-semibold text-primary-text">
                {field.fields.length} {field.fields.length === 1 ? "field" : "fields"} inside
                <span className="sr-only"> {field.name}</span>
              </summary>
              <div className="pt-2">
                <SchemaTree fields={field.fields} />
              </div>
            </details>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Line({ field }: { field: SchemaField }) {
  const { name, type, required, description, limits } = field;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <code className="font-mono text-xs font-semibold break-all">{name}</code>
        <span className="text-xs text-muted-foreground">{type}</span>
        {required ? <span className="text-xs text-review-text">required</span> : null}
      </p>
      {description || limits.length > 0 ? (
        <p className="text-xs break-words text-muted-foreground">
          {[...(description ? [description.replace(/\.$/, "")] : []), ...limits].join(" · ")}
        </p>
      ) : null}
    </>
  );
}

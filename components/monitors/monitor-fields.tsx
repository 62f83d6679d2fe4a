import { type Choices, type Shown, windows, windowWords } from "@/components/monitors/monitor-draft";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { metricNames, metricsCatalogue, type MetricName } from "@/lib/evaluations/metrics-catalogue";
import { metricName } from "@/lib/monitors/figure-text";
import { signOf, typedText } from "@/lib/monitors/unit-input";

type ErrorOf = (name: string) => string | undefined;
const group = "flex flex-col gap-4 rounded-card border bg-card p-4";
const row = "grid gap-4 sm:grid-cols-2";

type FigureProps = {
  shown: Shown;
  choices: Choices;
  metric: MetricName;
  onMetric: (text: string) => void;
  errorOf: ErrorOf;
};

/** Which figure, of what, over which time, and from where on it is bad. */
export function FigureFields({ shown, choices, metric, onMetric, errorOf }: FigureProps) {
  const { definition, unit, better } = metricsCatalogue[metric];
  const sign = signOf(unit);
  const inUnit = sign === "" ? "" : `, ${sign}`;
  return (
    <fieldset className={group}>
      <legend className="sr-only">What is watched</legend>
      <Field label="Name" error={errorOf("name")} required>
        <Input name="name" defaultValue={shown.name} maxLength={100} autoComplete="off" />
      </Field>
      <Field label="Figure" hint={definition}>
        <Select value={metric} onChange={(event) => onMetric(event.target.value)}>
          {metricNames.map((name) => (
            <option key={name} value={name}>
              {metricName(name)}: {metricsCatalogue[name].question}
            </option>
          ))}
        </Select>
      </Field>
      <div className={row}>
        <Which
          label="App"
          name="app"
          none="Every app"
          of={shown.app}
          choices={choices.apps}
          error={errorOf("app")}
        />
        <Which
          label="Decision type"
          name="type"
          none="Every type"
          of={shown.type}
          choices={choices.types}
          error={errorOf("type")}
        />
        <Field label="Over the last" error={errorOf("window_minutes")}>
          <Select name="window_minutes" defaultValue={shown.window_minutes}>
            {[...new Set([...windows, shown.window_minutes])]
              .toSorted((a, b) => a - b)
              .map((minutes) => (
                <option key={minutes} value={minutes}>
                  {windowWords[minutes] ?? `${minutes} minutes`}
                </option>
              ))}
          </Select>
        </Field>
        <Field label="Bad is" error={errorOf("comparator")}>
          <Select
            key={metric}
            name="comparator"
            defaultValue={
              metric === shown.metric ? shown.comparator : better === "higher" ? "below" : "above"
            }
          >
            <option value="above">This much or more</option>
            <option value="below">This much or less</option>
          </Select>
        </Field>
        <Field label={`Warn at${inUnit}`} hint="Leave empty for no warning." error={errorOf("warn_at")}>
          <Input
            key={unit}
            name="warn_at"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={typedText(shown.warn_at, unit)}
          />
        </Field>
        <Field
          label={`Alert at${inUnit}`}
          hint="An alert opens an incident."
          error={errorOf("alert_at")}
          required
        >
          <Input
            key={unit}
            name="alert_at"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={typedText(shown.alert_at, unit)}
          />
        </Field>
      </div>
    </fieldset>
  );
}

type WhichProps = {
  label: string;
  name: string;
  none: string;
  of: { id: string } | null;
  choices: { id: string; name: string }[];
  error?: string;
};

function Which({ label, name, none, of, choices, error }: WhichProps) {
  return (
    <Field label={label} error={error}>
      <Select name={name} defaultValue={of?.id ?? ""}>
        <option value="">{none}</option>
        {choices.map(({ id, name: called }) => (
          <option key={id} value={id}>
            {called}
          </option>
        ))}
      </Select>
    </Field>
  );
}

type NoiseProps = { shown: Shown; metric: MetricName; errorOf: ErrorOf };

/** What keeps a monitor from crying wolf. */
export function NoiseFields({ shown, metric, errorOf }: NoiseProps) {
  const { unit } = metricsCatalogue[metric];
  const sign = signOf(unit);
  const field = (name: "min_n" | "for_looks" | "cooldown_minutes", label: string, hint: string) => (
    <Field label={label} hint={hint} error={errorOf(name)}>
      <Input name={name} inputMode="numeric" autoComplete="off" defaultValue={shown[name]} />
    </Field>
  );
  return (
    <fieldset className={group}>
      <legend className="float-left mb-1 w-full text-base font-semibold">Against noise</legend>
      <div className={row}>
        {field("for_looks", "Looks in a row", "One look a minute; so many must agree.")}
        {field("min_n", "At least so many", "A share or duration of fewer says nothing.")}
        {field(
          "cooldown_minutes",
          "Quiet for, minutes",
          "An alert that comes back within this is the same incident, told once.",
        )}
        <Field
          label={`Over only when back by${sign === "" ? "" : `, ${sign}`}`}
          hint="How far past the threshold it must return."
          error={errorOf("hysteresis")}
        >
          <Input
            key={unit}
            name="hysteresis"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={typedText(shown.hysteresis, unit)}
          />
        </Field>
      </div>
    </fieldset>
  );
}

type TellProps = {
  shown: Shown;
  choices: Choices;
  channels: readonly string[];
  onChannels: (channels: readonly string[]) => void;
  errorOf: ErrorOf;
};

/** Who hears of it, besides the bell. */
export function TellFields({ shown, choices, channels, onChannels, errorOf }: TellProps) {
  const box = (id: string, label: string, hint?: string) => (
    <Checkbox
      key={id}
      label={label}
      hint={hint}
      checked={channels.includes(id)}
      onChange={({ target }) =>
        onChannels(target.checked ? [...channels, id] : channels.filter((one) => one !== id))
      }
    />
  );
  return (
    <fieldset className={group}>
      <legend className="float-left mb-1 w-full text-base font-semibold">Who is told</legend>
      {box(
        "email",
        "E-mail",
        "By each person’s own preferences; an alert does not wait for the end of quiet hours.",
      )}
      {choices.channels.map(({ id, name }) => box(id, name))}
      {errorOf("channels") ? (
        <p role="alert" className="text-sm text-declined-text">
          {errorOf("channels")}
        </p>
      ) : null}
      <Field
        label="Signed webhook"
        hint="An https address that gets signed messages. Its secret is shown once when you save."
        error={errorOf("webhook_url")}
      >
        <Input
          name="webhook_url"
          type="text"
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          defaultValue={shown.webhook_url ?? ""}
        />
      </Field>
      <Checkbox
        name="enabled"
        label="Watch"
        hint="Off: nothing is looked at."
        defaultChecked={shown.enabled}
      />
    </fieldset>
  );
}

/** Where a key acts: on every page, in the inbox list, or on one review. */
export const places = ["everywhere", "list", "focus"] as const;
export type Place = (typeof places)[number];

export const placeWords: Record<Place, string> = {
  everywhere: "Everywhere",
  list: "In a list",
  focus: "On one review",
};

type KeyRow = {
  /** tinykeys' syntax: `a`, `Shift+j`, `$mod+Enter`, `g i`; `[Shift]` may be held or not, as keyboards differ. */
  keys: string;
  /** A second way that stays when the first is changed. No letter, digit or sign. */
  also?: string;
  label: string;
  where: readonly Place[];
  /** Runs on auto-repeat too: moving, never deciding. */
  repeat?: true;
  /** Also while a text field has the focus. */
  inFields?: true;
  /** Also while a dialog or menu is open. */
  inDialogs?: true;
  /** Nobody changes it: the way out of everything. */
  fixed?: true;
};

const both = ["list", "focus"] as const;
const everywhere = ["everywhere"] as const;
const pick = (digit: number): KeyRow => ({
  keys: String(digit),
  label: `Answer or reason ${digit}`,
  where: both,
  inDialogs: true,
});

/** Every key of the console: the one table that binding, printing, listing and remapping read. */
export const keyMap = {
  approve: { keys: "a", label: "Approve", where: both },
  decline: { keys: "d", label: "Decline, then a reason", where: both },
  edit: { keys: "e", label: "Edit, then approve", where: ["focus"] },
  respond: { keys: "r", label: "Respond without acting", where: ["focus"] },
  submit: {
    keys: "$mod+Enter",
    label: "Submit; approve what cannot be undone",
    where: both,
    inFields: true,
    inDialogs: true,
  },
  forward: { keys: "f", label: "Forward or escalate", where: both },
  snooze: { keys: "h", label: "Snooze, then for how long", where: both },
  claim: { keys: "m", label: "Claim", where: both },
  skip: { keys: "s", label: "Skip; it stays open", where: both },
  undo: { keys: "z", label: "Undo the last verdict", where: both },
  more: { keys: ".", label: "More actions", where: both },
  next: { keys: "j", also: "ArrowDown", label: "Next", where: both, repeat: true },
  previous: { keys: "k", also: "ArrowUp", label: "Previous", where: both, repeat: true },
  open: { keys: "o", also: "Enter", label: "Open", where: ["list"] },
  peek: { keys: "Space", label: "Peek", where: ["list"] },
  select: { keys: "x", label: "Select", where: ["list"] },
  "extend.next": {
    keys: "Shift+j",
    also: "Shift+ArrowDown",
    label: "Select down",
    where: ["list"],
    repeat: true,
  },
  "extend.previous": {
    keys: "Shift+k",
    also: "Shift+ArrowUp",
    label: "Select up",
    where: ["list"],
    repeat: true,
  },
  scroll: { keys: "Space", label: "Scroll the evidence", where: ["focus"], repeat: true },
  "section.previous": { keys: "[Shift]+[Alt]+[", label: "Previous section", where: ["focus"], repeat: true },
  "section.next": { keys: "[Shift]+[Alt]+]", label: "Next section", where: ["focus"], repeat: true },
  raw: { keys: "v", label: "Raw evidence", where: ["focus"] },
  similar: { keys: "b", label: "Similar past decisions", where: ["focus"] },
  policy: { keys: "p", label: "First policy hit", where: ["focus"] },
  note: { keys: "n", label: "Write a note", where: ["focus"] },
  "note.save": { keys: "$mod+s", label: "Save the draft note", where: ["focus"], inFields: true },
  lease: { keys: "l", label: "Extend your claim", where: ["focus"] },
  back: { keys: "Escape", label: "Back", where: both, inFields: true, fixed: true },
  "pick.1": pick(1),
  "pick.2": pick(2),
  "pick.3": pick(3),
  "pick.4": pick(4),
  "pick.5": pick(5),
  "pick.6": pick(6),
  "pick.7": pick(7),
  "pick.8": pick(8),
  "pick.9": pick(9),
  palette: { keys: "$mod+k", label: "Command palette", where: everywhere, inFields: true },
  help: { keys: "[Shift]+?", label: "Keyboard shortcuts", where: everywhere },
  search: { keys: "[Shift]+/", label: "Search", where: everywhere },
  theme: { keys: "t", label: "Theme and density", where: everywhere },
  "go.overview": { keys: "g o", label: "Go to Overview", where: everywhere },
  "go.inbox": { keys: "g i", label: "Go to Inbox", where: everywhere },
  "go.queues": { keys: "g q", label: "Go to Queues", where: everywhere },
  "go.decisions": { keys: "g d", label: "Go to Decisions", where: everywhere },
  "go.executions": { keys: "g x", label: "Go to Executions", where: everywhere },
  "go.reconcile": { keys: "g r", label: "Go to Reconcile", where: everywhere },
  "go.appeals": { keys: "g l", label: "Go to Appeals", where: everywhere },
  "go.audits": { keys: "g a", label: "Go to Audits", where: everywhere },
  "go.discrepancies": { keys: "g c", label: "Go to Discrepancies", where: everywhere },
  "go.reviewers": { keys: "g v", label: "Go to Reviewers", where: everywhere },
  "go.attention": { keys: "g n", label: "Go to Attention", where: everywhere },
  "go.evaluation": { keys: "g e", label: "Go to Evaluation", where: everywhere },
  "go.experiments": { keys: "g p", label: "Go to Experiments: prompts beside each other", where: everywhere },
  "go.alerts": { keys: "g w", label: "Go to Alerts: what is watched", where: everywhere },
  "go.apps": { keys: "g t", label: "Go to Apps and their thresholds", where: everywhere },
  "go.settings": { keys: "g s", label: "Go to Settings", where: everywhere },
} as const satisfies Record<string, KeyRow>;

export type KeyId = keyof typeof keyMap;
export const keyIds = Object.keys(keyMap) as KeyId[];

/** True for the name of a key of the map. */
export function isKeyId(text: string): text is KeyId {
  return Object.hasOwn(keyMap, text);
}

export function rowOf(id: KeyId): KeyRow {
  return keyMap[id];
}

/**
 * What a person changed: an action's id to its keys, or to nothing where it has none. `allOff` under
 * {@link switchId}: no key acts without a modifier.
 */
export type Keymap = Readonly<Record<string, string>>;
export const switchId = "*";
export const allOff = "off";

export function isSwitchedOff(keymap: Keymap): boolean {
  return keymap[switchId] === allOff;
}

/** The keys of an action for a person, the one that is printed first; none where they took it away. */
export function keysOf(keymap: Keymap, id: KeyId): string[] {
  const { keys, also } = rowOf(id);
  const own = keymap[id];
  if (own === "") return [];
  return also === undefined ? [own ?? keys] : [own ?? keys, also];
}

/** The first nine answers of a question, in the order they are shown. */
export const picks = [
  "pick.1",
  "pick.2",
  "pick.3",
  "pick.4",
  "pick.5",
  "pick.6",
  "pick.7",
  "pick.8",
  "pick.9",
] as const satisfies readonly KeyId[];

/** The walk of a decision through the house. A room may import the rooms before it, never one after it. */
export const rooms = [
  "identity",
  "apps",
  "policies",
  "models",
  "decisions",
  "routing",
  "reviews",
  "intake",
  "prompts",
  "execution",
  "audits",
  "feedback",
  "notices",
  "discrepancies",
  "exports",
  "evaluators",
  "experiments",
  "evaluations",
  "autonomy",
  "monitors",
  "learning",
];

const anyRoom = `(${rooms.join("|")})`;
const tests = "\\.(test|spec)\\.tsx?$|(^|/)testing[^/]*\\.ts$|-fixtures?\\.ts$";
const servers = "^lib/[^/]+/server/|^lib/server/";

/** First words of the names of verbs: what a person, an app or a worker asks for. Helpers are named otherwise. */
const verbs =
  "accept|acknowledge|activate|add|answer|apply|approve|archive|assign|cancel|certify|change|claim|close|commit|confirm|compare|complete|conclude|count|create|decline|delete|describe|disable|dismiss|enable|end|escalate|evaluate|expire|export|get|give|heartbeat|import|invite|issue|judge|list|lower|mark|measure|merge|move|open|pause|promote|propose|publish|raise|reconcile|record|reject|release|remove|rename|replay|reset|resolve|resume|retire|retract|revoke|rotate|run|save|search|send|set|settle|sign|skip|snooze|stage|start|stop|submit|suspend|sweep|undo|unstage|update|wait|withdraw";
/** Helpers with a verb's name: the verb that calls them, or that they call, authorizes. */
const helpers = "/(create-org|sign-in-tries|sign-out|stop-target|submit-safely)\\.ts$";

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const roomsLookBack = rooms
  .slice(0, -1)
  .map((room, index) =>
    forbid(
      `${room}-looks-back-only`,
      `A later room hands back through rows and arguments, never through an import of ${room}'s.`,
      { path: `^lib/${room}/`, pathNot: tests },
      { path: `^lib/(${rooms.slice(index + 1).join("|")})/` },
    ),
  );

const core = { path: `^lib/${anyRoom}/[^/]+\\.tsx?$`, pathNot: tests };
const serverPackages =
  "node_modules/(pg|drizzle-orm|undici|next|next-auth|pino|ws|nodemailer|dynalite|@neondatabase|@node-rs|@aws-sdk|server-only)/";

export default {
  forbidden: [
    ...roomsLookBack,
    forbid("no-cycles", "Two files that need each other are one idea.", {}, { circular: true }),
    forbid("core-has-no-server", "A core runs in the browser too.", core, {
      path: `${servers}|^lib/worker/|^db/|^app/|^components/|^scripts/|^systems/|^demo/`,
    }),
    forbid("core-has-no-node", "A core is pure: no file, no socket, no clock.", core, {
      dependencyTypes: ["core"],
    }),
    forbid("core-has-no-server-package", "A core runs in the browser too.", core, { path: serverPackages }),
    forbid(
      "kernel-is-the-floor",
      "The kernel imports itself, zod, and RFC 8785's canonical JSON.",
      { path: "^lib/kernel/", pathNot: tests },
      { pathNot: "^lib/kernel/|node_modules/(zod|canonicalize)/" },
    ),
    forbid(
      "stats-stand-alone",
      "Statistics import nothing of ours.",
      { path: "^lib/stats/", pathNot: tests },
      { path: "^(lib|app|components|db|demo|scripts|systems)/", pathNot: "^lib/stats/" },
    ),
    forbid(
      "toolkit-knows-no-room",
      "The toolkit serves every room, and knows identity alone.",
      { path: "^lib/server/", pathNot: tests },
      {
        path: `^lib/(${rooms.filter((room) => room !== "identity").join("|")}|worker)/|^(app|components|demo|systems)/`,
      },
    ),
    forbid(
      "only-verbs-touch-tables",
      "Tables are read and written by verbs and their toolkit; the torture sets up and judges a database of its own.",
      {
        path: "^(app|components|lib|demo|scripts|systems)/",
        pathNot: `${servers}|${tests}|^scripts/torture/`,
      },
      { path: "^db/(schema|seed)" },
    ),
    forbid(
      "edges-open-no-database",
      "A page, a route or a component asks a verb.",
      { path: "^(app|components|systems)/|^proxy\\.ts$", pathNot: tests },
      { path: "^db/|node_modules/(pg|drizzle-orm|@neondatabase)/" },
    ),
    forbid(
      "tables-know-words-only",
      "The database knows the kernel and the rooms' vocabularies.",
      { path: "^db/", pathNot: tests },
      { path: `${servers}|^lib/worker/|^(app|components|demo|systems)/` },
    ),
    forbid(
      "components-stay-in-the-browser",
      "Props in, callbacks out.",
      { path: "^components/", pathNot: tests },
      { path: `${servers}|^lib/worker/|^(app|db|demo|scripts|systems)/` },
    ),
    forbid(
      "components-have-no-node",
      "Components run in the browser.",
      { path: "^components/", pathNot: tests },
      { dependencyTypes: ["core"] },
    ),
    forbid(
      "charts-own-recharts",
      "The chart library is heavy, and stays in one folder.",
      { pathNot: "^components/charts/" },
      { path: "node_modules/recharts/" },
    ),
    forbid(
      "nothing-imports-app",
      "app/ is an edge.",
      // The list of endpoints is the API's own edge; what writes it down and what answers in front of it stand outside.
      { pathNot: "^app/|^scripts/(?:lib/write-openapi|entry/web)\\.ts$" },
      { path: "^app/", pathNot: "^app/.*\\.css$" },
    ),
    forbid(
      "systems-stand-alone",
      "The reference system is another company's software: it imports nothing of ours.",
      { path: "^systems/" },
      { path: "^(app|components|db|demo|lib|scripts)/" },
    ),
    forbid("imports-resolve", "The import leads nowhere.", {}, { couldNotResolve: true, pathNot: "\\.css$" }),
  ],
  required: [
    {
      name: "verbs-authorize",
      comment: "A rule added to a verb holds at every door, and who may is the first rule.",
      severity: "error",
      module: { path: `^lib/${anyRoom}/server/(${verbs})(-[^/]+)?\\.ts$`, pathNot: `${tests}|${helpers}` },
      to: { path: "^lib/server/authorize\\.ts$" },
    },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|dist|data|\\.runtime)/" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};

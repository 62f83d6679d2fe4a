/** Fewest characters of a new password. Length is what resists guessing, so nothing is asked about its make-up. */
export const passwordMinimum = 15;
const passwordMaximum = 256;

/** Long passwords that are guessed first, and the words they are made of; compared without case, digits and signs. */
const common = new Set(
  `password passwort passphrase motdepasse contrasena letmein letmeinplease welcome iloveyou trustno changeme
  changemenow changethispassword correcthorsebatterystaple qwerty qwertyuiop qwertyuiopasdf qwertyuiopasdfghjkl
  qwertyuiopasdfghjklzxcvbnm asdfghjkl asdfghjklqwertyuiop zxcvbnm administrator superadministrator adminadmin
  thisismypassword mypasswordis mypassword secretpassword supersecretpassword nopassword thepassword
  onetwothreefourfive maryhadalittlelamb tobeornottobe imperialmarch maytheforcebewithyou opensesame
  abcdefghijklmnop abcdefghijklmnopqrstuvwxyz abcdefghijklmno loveyouforever jesusischrist godisgood
  monkeymonkey sunshinesunshine princessprincess footballfootball baseballbaseball dragondragon`.split(/\s+/),
);

/**
 * Why a new password is not good enough, as a sentence to the person, or undefined when it is. `about` are words that
 * an attacker would try first: the person's name and address, the organisation's name.
 */
export function passwordProblem(password: string, about: readonly string[] = []): string | undefined {
  const length = [...password].length;
  if (length < passwordMinimum) return `Use at least ${passwordMinimum} characters; this has ${length}.`;
  if (length > passwordMaximum) return `Use at most ${passwordMaximum} characters.`;
  const plain = password.normalize("NFKC").toLowerCase();
  if (new Set(plain).size < 5) return "It repeats too few characters. Use several unrelated words.";
  if (isSequence(plain)) return "It is a run of neighbouring characters. Use several unrelated words.";
  if (isCommon(plain)) return "This is one of the first that are tried. Use several unrelated words.";
  if (isAboutThem(plain, about))
    return "It is mostly your name, your address or the organisation. Use several unrelated words.";
  return undefined;
}

function isSequence(text: string): boolean {
  let steps = 0;
  for (let i = 1; i < text.length; i++) {
    if (Math.abs(text.charCodeAt(i) - text.charCodeAt(i - 1)) <= 1) steps += 1;
  }
  return steps >= text.length - 3;
}

function isCommon(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, "");
  return common.has(letters) || common.has(halfOf(letters)) || letters.length === 0;
}

// `passwordpassword` is `password` typed twice.
function halfOf(text: string): string {
  const half = text.slice(0, text.length / 2);
  return half + half === text ? half : text;
}

function isAboutThem(text: string, about: readonly string[]): boolean {
  const words = [
    "countersign",
    "password",
    ...about.flatMap((part) => part.toLowerCase().split(/[^\p{L}\p{N}]+/u)),
  ];
  const rest = words
    .filter((word) => word.length >= 4)
    .reduce((left, word) => left.replaceAll(word, ""), text);
  return rest !== text && rest.replace(/[^\p{L}]/gu, "").length < 8;
}

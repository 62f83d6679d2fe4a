declare global {
  var earlyKey: KeyboardEvent | undefined;
}

/** Older than this, the person has given up on it. */
const longestMs = 3000;

/** Runs in the document, before anything of ours is loaded: keeps the first key that goes down. */
export const earlyKeyScript = `addEventListener("keydown",function keep(event){
if(/^(Shift|Control|Alt|Meta)$/.test(event.key))return;
removeEventListener("keydown",keep,true);self.earlyKey=event},true)`;

/**
 * The key that went down when the page could be seen and not yet hear it, as an event to be sent again; once. One and
 * no more: what a second key means depends on what the first one did.
 */
export function takeEarlyKey(): (() => void) | undefined {
  const event = globalThis.earlyKey;
  globalThis.earlyKey = undefined;
  if (!event || !wasSeen(event) || performance.now() - event.timeStamp > longestMs) return undefined;
  const { target } = event;
  const at = target instanceof Element && target.isConnected ? target : document.body;
  return () => void at.dispatchEvent(new KeyboardEvent("keydown", event));
}

// Until its first paint the page before stays on the screen: a key is about that one.
function wasSeen({ timeStamp }: KeyboardEvent): boolean {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return paint !== undefined && paint.startTime < timeStamp;
}

import { keyText, modifier } from "@/components/ui/key-text";

/** A key as a button prints it: ⌘ where the keyboard has one, Ctrl elsewhere. The page's root says which it is. */
export function KeySigns({ keys }: { keys: string }) {
  const [before, ...after] = keyText(keys).split(modifier);
  if (after.length === 0) return before;
  return (
    <>
      {before}
      <span className="hidden in-data-[keys=apple]:inline">{modifier}</span>
      <span className="in-data-[keys=apple]:hidden">Ctrl&thinsp;</span>
      {after.join(modifier)}
    </>
  );
}

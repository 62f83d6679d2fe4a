import { cn } from "@/components/ui/class-names";
import { formatMoney } from "@/components/ui/money-text";

type Props = { amount: number; currency: string; className?: string };

/** An amount: integer minor units and an ISO currency, as the kernel's Money: `<Money {...money} />`. */
export function Money({ amount, currency, className }: Props) {
  return (
    <span className={cn("whitespace-nowrap tabular-nums", className)}>{formatMoney(amount, currency)}</span>
  );
}

import { ApiError, type Api } from "./api";

const statement = `I was refunded for one item, but two of the three arrived broken.

I sent pictures of both on the same day. Please look again at what I wrote.`;

/**
 * One customer of the demo who says that a decision about them is wrong: the app makes the link, as it would put it into
 * a mail, and the customer writes through it. Nothing happens where no refund was decided yet.
 */
export async function appealOnce(api: Api): Promise<void> {
  try {
    await appeal(api);
  } catch (error) {
    // The address people use may lead nowhere from here: the demo is then one appeal poorer, and goes on.
    if (!(error instanceof ApiError)) throw error;
  }
}

async function appeal(api: Api): Promise<void> {
  const { data } = await api.get<{ data: { id: string }[] }>(
    "/api/v1/decisions?type=refund.issue&status=approved&limit=1",
  );
  const [decision] = data;
  if (!decision) return;
  const { url } = await api.post<{ url: string }>(`/api/v1/decisions/${decision.id}/notice`, {});
  const { origin, pathname } = new URL(url);
  const body = new FormData();
  body.set("statement", statement);
  body.set("contact", "kim.lee@customer.example");
  body.set("files", new File(["Item 2: the handle is off.\nItem 3: cracked.\n"], "pictures.txt"));
  const response = await fetch(`${origin}/api/appeals/${pathname.split("/").at(-1)}`, {
    method: "POST",
    headers: { Origin: origin },
    body,
    signal: AbortSignal.timeout(30_000),
  }).catch(() => undefined);
  if (!response?.ok) throw new ApiError(response?.status ?? 0, "the appeal was not taken");
}

import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import * as schema from "@/db/schema";
import { serveRaw } from "@/lib/server/serve";
import { openNotice } from "./open-notice";
import { offerAppeal } from "./offer-appeal";
import { appealBodyBytes, receiveAppeal } from "./receive-appeal";
import { serveAppealFile } from "./serve-appeal-file";

const { db } = await testDatabase();
const address = "http://localhost:3000/api/appeals/x";
beforeAll(() => {
  delete process.env.COUNTERSIGN_ORIGIN;
  process.env.COUNTERSIGN_PEER_HEADER = "x-peer-test";
});

async function aLink() {
  const org = await anOrg(db);
  const { id } = await aDecision(db, org, await aRefundDesk(db, org), { status: "declined" });
  const { url } = await offerAppeal(org.admin, { params: { decision: id }, body: { expires_in_days: 30 } });
  return { org, token: url.split("/").at(-1) ?? "" };
}

function form(more: Record<string, string | Blob> = {}) {
  const body = new FormData();
  body.set("statement", "It was not me.");
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  return body;
}

function post(org: TestOrg, token: string, body: FormData | string, headers: Record<string, string> = {}) {
  const handler = serveRaw(
    receiveAppeal(async () => org.system),
    appealBodyBytes,
  );
  const all = { origin: "http://localhost:3000", "x-peer-test": org.orgId, ...headers };
  return handler(new Request(address, { method: "POST", body, headers: all }), {
    params: Promise.resolve({ token }),
  });
}

test("an appeal with a file is taken, and staff get the file as a download of no type", async () => {
  const { org, token } = await aLink();
  const file = new File(["%PDF-1.4 <script>alert(1)</script>"], "proof.html", { type: "text/html" });
  const response = await post(org, token, form({ files: file, contact: "me@example.test" }));
  expect(response.status).toBe(201);
  const [stored] = await db.select().from(schema.appealFiles).where(eq(schema.appealFiles.orgId, org.orgId));
  expect(stored).toMatchObject({ name: "proof.pdf", mediaType: "application/pdf" });
  const get = (who: TestOrg["reviewer"]) =>
    serveAppealFile(async () => who)(new Request("http://localhost:3000/api/appeal-files/x"), {
      params: Promise.resolve({ file: stored?.id ?? "" }),
    });
  const download = await get(org.reviewer);
  expect(download.headers.get("content-type")).toBe("application/octet-stream");
  expect(download.headers.get("content-disposition")).toMatch(/^attachment; .*proof\.pdf$/);
  expect(download.headers.get("x-content-type-options")).toBe("nosniff");
  const other = await anOrg(db);
  expect((await get(other.reviewer)).status).toBe(404);
});

test("without scripts it goes back to its page, with a reason and nothing of what was sent", async () => {
  const { org, token } = await aLink();
  const html = { accept: "text/html" };
  const refused = await post(org, token, form({ statement: " " }), html);
  expect([refused.status, refused.headers.get("location")]).toEqual([
    303,
    `/appeal/${token}?problem=validation_failed`,
  ]);
  const taken = await post(org, token, form(), html);
  expect([taken.status, taken.headers.get("location")]).toEqual([303, `/appeal/${token}`]);
});

test("another site cannot send it; our own form can, though it keeps its address to itself", async () => {
  const { org, token } = await aLink();
  for (const origin of ["https://evil.example", "null", ""]) {
    expect((await post(org, token, form(), { origin })).status).toBe(403);
  }
  expect((await post(org, token, form(), { origin: "null", "sec-fetch-site": "cross-site" })).status).toBe(
    403,
  );
  expect((await post(org, token, form(), { origin: "null", "sec-fetch-site": "same-origin" })).status).toBe(
    201,
  );
});

test("what is too large, no form, or of no link is refused", async () => {
  const { org, token } = await aLink();
  const large = new File([new Uint8Array(appealBodyBytes)], "a.txt");
  expect((await post(org, token, form({ files: large }))).status).toBe(413);
  expect((await post(org, token, "{}", { "content-type": "application/json" })).status).toBe(415);
  expect((await post(org, token, "x", { "content-type": "multipart/form-data; boundary=y" })).status).toBe(
    400,
  );
  expect((await post(org, "not-a-token", form())).status).toBe(404);
  expect((await post(org, token, form({ statement: "x".repeat(5001) }))).status).toBe(422);
});

test("one address sends and looks so often, then waits; others do not", async () => {
  const { org, token } = await aLink();
  const statuses: number[] = [];
  for (let n = 0; n < 12; n++) statuses.push((await post(org, "not-a-token", form())).status);
  expect(statuses.slice(0, 10).every((status) => status === 404)).toBe(true);
  expect(statuses.at(-1)).toBe(429);
  expect((await post(org, token, form(), { "x-peer-test": "somebody else" })).status).toBe(201);
  const looks = await Promise.all(
    Array.from({ length: 125 }, () => openNotice(org.system, { token, address: `look ${org.orgId}` })),
  );
  expect(looks.filter(({ kind }) => kind === "wait").length).toBeGreaterThan(0);
  expect((await openNotice(org.system, { token, address: "another" })).kind).toBe("notice");
});

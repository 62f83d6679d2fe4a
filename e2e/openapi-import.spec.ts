import { expect, test } from "@playwright/test";
import { checkPage } from "./check-page";
import { signInAs } from "./demo-people";

const document = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Warehouse", version: "2" },
  servers: [{ url: "https://warehouse.example/v1" }],
  paths: {
    "/returns/{order}": {
      post: {
        operationId: "acceptReturn",
        summary: "Accept a return",
        parameters: [{ name: "order", in: "path", required: true, schema: { type: "string" } }],
        responses: { 204: { description: "done" } },
      },
    },
  },
});

test("an operation of an OpenAPI document becomes an action, and a decision type begins from it", async ({
  page,
}) => {
  await signInAs(page, "admin", "/settings/connectors");
  await page.getByRole("button", { name: "New connector" }).click();
  await page.getByLabel("Name").fill("Returns");
  await page.getByLabel("Key").fill(`returns-${Date.now()}`);
  await page.getByLabel("Address").fill("https://warehouse.example");
  await page.getByRole("button", { name: "Create the connector" }).click();
  await page.getByRole("link", { name: "Import from OpenAPI" }).click();
  await page.getByLabel("Or the document itself").fill(document);
  await page.getByRole("button", { name: "Read the document" }).click();
  await page.getByRole("checkbox", { name: /Accept a return/ }).check();
  await checkPage(page);
  await page.getByRole("button", { name: "Add 1 action" }).click();
  await page.getByText("POST /v1/returns/{/order}").click();
  await page.getByRole("link", { name: "Make a decision type of it" }).click();
  await expect(page.getByLabel("Arguments schema")).toHaveValue(/"order"/);
});

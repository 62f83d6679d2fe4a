/** Submit, wait, tell the outcome: the three calls of an app, as one runs them in a shell. */
export function quickStart(server: string): { title: string; code: string }[] {
  return [
    {
      title: "1. Submit a decision",
      code: `curl "${server}/api/v1/decisions" \\
  -H "Authorization: Bearer $KEY" \\
  -H "Idempotency-Key: ticket-5521" \\
  -H "Content-Type: application/json" \\
  -d '{
    "type": "refund.issue",
    "subject": { "type": "customer", "id": "cus_8841" },
    "input": { "message": "I was charged twice" },
    "proposal": {
      "arguments": { "invoice": "INV-0001", "amount": 1800, "currency": "USD", "reason": "duplicate" }
    },
    "confidence": 0.83,
    "prompt_version": "refunds@14"
  }'`,
    },
    {
      title: "2. Wait until it is final",
      code: `curl "${server}/api/v1/decisions/$DECISION/wait?timeout=30" \\
  -H "Authorization: Bearer $KEY"`,
    },
    {
      title: "3. Tell what turned out, however late",
      code: `curl "${server}/api/v1/decisions/$DECISION/outcome" \\
  -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/json" \\
  -d '{ "correct": true, "detail": "No chargeback within 60 days" }'`,
    },
  ];
}

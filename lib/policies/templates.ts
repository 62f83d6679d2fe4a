import type { Fixture, PolicyRule } from "./schema";

/** A policy to begin with, its fixtures passing. */
export type PolicyTemplate = {
  key: string;
  name: string;
  description: string;
  rules: readonly PolicyRule[];
  fixtures: readonly Fixture[];
};

const customer = { type: "customer", id: "c_1" };

export const policyTemplates: readonly PolicyTemplate[] = [
  {
    key: "amount-cap",
    name: "Amount cap",
    description: "Above one amount a person decides, above a larger one two people do.",
    rules: [
      {
        id: "over_150",
        when: "has(decision.amount) && decision.amount > 15000.0",
        effect: "require_review",
        message: "More than 150",
      },
      {
        id: "over_1000",
        when: "has(decision.amount) && decision.amount > 100000.0",
        effect: "require_two_reviewers",
        message: "More than 1,000: two people",
      },
    ],
    fixtures: [
      { name: "a small amount", decision: { amount: 15_000 }, expect: { effect: null } },
      { name: "a larger one", decision: { amount: 15_001 }, expect: { effect: "require_review" } },
      { name: "a large one", decision: { amount: 100_001 }, expect: { effect: "require_two_reviewers" } },
      { name: "no money at all", decision: {}, expect: { effect: null } },
    ],
  },
  {
    key: "new-payee",
    name: "New payee",
    description: "Money to an account this subject was never paid on goes to a person.",
    rules: [
      {
        id: "new_payee",
        when: 'has(decision.arguments.iban) && history.seen("30d", "iban") == 0.0',
        effect: "require_review",
        message: "Not paid to this account in 30 days",
      },
    ],
    fixtures: [
      {
        name: "an account that is known",
        decision: { subject: customer, arguments: { iban: "DE1" }, history: { "seen 30d iban": 2 } },
        expect: { effect: null },
      },
      {
        name: "a new account",
        decision: { subject: customer, arguments: { iban: "DE2" } },
        expect: { effect: "require_review", rule: "new_payee" },
      },
      { name: "no account", decision: { subject: customer }, expect: { effect: null } },
    ],
  },
  {
    key: "velocity",
    name: "Velocity",
    description: "Many decisions about one subject in a day, or much money together, go to a person.",
    rules: [
      {
        id: "many_in_a_day",
        when: 'has(decision.subject) && history.count("24h") >= 5.0',
        effect: "require_review",
        message: "The sixth about this subject in a day",
      },
      {
        id: "much_in_a_day",
        when: 'has(decision.subject) && has(decision.amount) && history.sum("24h") + decision.amount > 50000.0',
        effect: "require_two_reviewers",
        message: "More than 500 in a day for this subject",
      },
    ],
    fixtures: [
      {
        name: "the first today",
        decision: { subject: customer, amount: 1000, currency: "EUR" },
        expect: { effect: null },
      },
      {
        name: "the sixth today",
        decision: { subject: customer, amount: 1000, currency: "EUR", history: { "count 24h": 5 } },
        expect: { effect: "require_review", rule: "many_in_a_day" },
      },
      {
        name: "too much together",
        decision: { subject: customer, amount: 2000, currency: "EUR", history: { "sum 24h": 49_000 } },
        expect: { effect: "require_two_reviewers", rule: "much_in_a_day" },
      },
      { name: "about nobody", decision: { amount: 1000 }, expect: { effect: null } },
    ],
  },
  {
    key: "quiet-hours",
    name: "Quiet hours",
    description: "At night and at weekends nothing runs alone.",
    rules: [
      {
        id: "at_night",
        when: 'decision.at.getHours("Europe/Berlin") < 7 || decision.at.getHours("Europe/Berlin") >= 20',
        effect: "require_review",
        message: "Between 20:00 and 7:00 a person decides",
      },
      {
        id: "at_weekends",
        when: 'decision.at.getDayOfWeek("Europe/Berlin") in [0, 6]',
        effect: "require_review",
        message: "At weekends a person decides",
      },
    ],
    fixtures: [
      { name: "Wednesday at noon", decision: { at: "2026-01-07T11:00:00Z" }, expect: { effect: null } },
      {
        name: "Wednesday at ten in the evening",
        decision: { at: "2026-01-07T21:00:00Z" },
        expect: { effect: "require_review", rule: "at_night" },
      },
      {
        name: "Sunday at noon",
        decision: { at: "2026-01-11T11:00:00Z" },
        expect: { effect: "require_review", rule: "at_weekends" },
      },
    ],
  },
];

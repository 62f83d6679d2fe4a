import type { Lexicon, Phrase } from "../text/phrases";

/** Words of insult and threat that the list of swear words does not hold. English and German, without accents. */
export const toxicityLexicon = {
  you: `you u your youre yall du ihr sie dich`,
  be: `are r re bist sind youre were`,
  filler: `a an such the so fucking bloody damn absolute complete total stupid really ein eine so totaler`,
  insult: `idiot idiots moron morons imbecile cretin dumbass dumb stupid pathetic worthless useless scum scumbag loser
    losers clown clowns trash garbage filth vermin crook crooks liar liars thief thieves pig pigs disgusting subhuman
    jackass douche douchebag idioten arschloch vollidiot trottel abschaum dreckschwein wichser hurensohn penner schwein`,
  hard: `moron morons imbecile cretin dumbass scum scumbag vermin subhuman douchebag jackass arschloch vollidiot
    abschaum dreckschwein wichser hurensohn`,
  will: `will ill gonna going shall werde wird let im`,
  harm: `kill murder shoot stab strangle beat hurt rape destroy burn bomb hunt bury smash break umbringen toten
    erschiessen verprugeln`,
  whom: `you your u them him her dich euch`,
  place: `house home office building family kids children store throat neck face legs knees`,
  die: `die suffer rot burn sterben verrecken`,
  should: `should deserve deserves hope must gonna verdienst sollst can`,
  self: `yourself yourselves dich`,
  watch: `watch know find where`,
  live: `live work sleep wohnst`,
  shut: `shut halt`,
  mouth: `up mouth maul fresse klappe`,
  go: `go get geh fahr`,
  hell: `hell lost stuffed holle`,
  people: `people women men jews muslims blacks whites gays immigrants foreigners refugees christians asians mexicans
    arabs auslander juden`,
  all: `all these those every hate`,
} as const satisfies Lexicon;

export const toxicityPhrases: readonly Phrase[] = [
  phrase("insult", "you_are_insult", 0.85, ["you", "be", "insult"], 3),
  phrase("insult", "you_insult", 0.75, ["you", "insult"], 1),
  phrase("insult", "hard_insult", 0.7, ["hard"], 0),
  phrase("insult", "shut_up", 0.65, ["shut", "mouth"], 1),
  phrase("insult", "go_to_hell", 0.7, ["go", "hell"], 1),
  phrase("threat", "will_harm", 0.9, ["will", "harm", "whom"], 3),
  phrase("threat", "harm_place", 0.75, ["harm", "whom", "place"], 2),
  phrase("threat", "should_die", 0.75, ["you|whom", "should", "die"], 3),
  phrase("threat", "hope_you_die", 0.8, ["should", "you|whom", "die"], 3),
  phrase("threat", "kill_yourself", 0.95, ["harm", "self"], 0),
  phrase("threat", "know_where_you_live", 0.8, ["watch", "watch", "you", "live"], 1),
  phrase("identity_attack", "all_people_are", 0.85, ["people", "be", "insult"], 3),
  phrase("identity_attack", "hate_people", 0.7, ["all", "insult", "people"], 1),
];

function phrase(category: string, id: string, weight: number, steps: string[], gap: number): Phrase {
  return { id, category, weight, steps, gap };
}

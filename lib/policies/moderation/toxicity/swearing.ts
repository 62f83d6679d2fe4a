import { DataSet, RegExpMatcher, englishDataset, englishRecommendedTransformers } from "obscenity";
import type { ToxicityCategory } from "./categories";

const slurs = new Set(
  "abo abeed africoon arabush boonga chingchong chink dyke fag kike negro nigger retard spastic tranny".split(
    " ",
  ),
);
const sexual = new Set(
  "anal anus blowjob boob buttplug deepthroat dildo doggystyle ejaculate felch fellatio fisting gangbang handjob hentai incest jizz lubejob masturbate orgasm orgy penis porn rape semen vagina".split(
    " ",
  ),
);
/** Of another sense as often as not, or an ordinary word of letters to a company: too little alone. */
const mild = new Set(
  "sex ass arse tit scat prick hooker cum abo dyke spastic turd piss rape negro bollocks dick".split(" "),
);

const dataset = new DataSet<{ originalWord: string }>().addAll(englishDataset);
const matcher = new RegExpMatcher({ ...dataset.build(), ...englishRecommendedTransformers });

export type Swearing = { category: ToxicityCategory; score: number; start: number; end: number };

/** Swear words and slurs of the list that the library keeps, leetspeak and doubled letters read through. */
export function swearingIn(text: string): Swearing[] {
  return matcher.getAllMatches(text, true).map((match) => {
    const word = dataset.getPayloadWithPhraseMetadata(match).phraseMetadata?.originalWord ?? "";
    return {
      category: categoryOf(word),
      score: scoreOf(word),
      start: match.startIndex,
      end: match.endIndex + 1,
    };
  });
}

function categoryOf(word: string): ToxicityCategory {
  if (slurs.has(word)) return "identity_attack";
  return sexual.has(word) ? "sexual" : "profanity";
}

function scoreOf(word: string): number {
  if (mild.has(word)) return 0.4;
  if (slurs.has(word)) return 0.95;
  return sexual.has(word) ? 0.7 : 0.8;
}

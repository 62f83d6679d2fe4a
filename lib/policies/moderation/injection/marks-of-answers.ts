import type { Mark } from "./mark";

/**
 * Ways of dictating what a model answers, as the literature tells them apart (refusal suppression, prefix and suffix
 * injection, few-shot examples, payload splitting, special cases). Words are ours; none was taken from a measured text.
 */
export const marksOfAnswers: readonly Mark[] = [
  {
    id: "begins_with",
    category: "forced_output",
    weight: 0.65,
    pattern:
      /\b(?:begin|start|open|preface) (?:your|every|each|the) (?:answers?|responses?|repl(?:y|ies)|messages?|sentences?|output) with\b|\b(?:beginne|starte)\b[^.\n]{0,15}\b(?:antwort|satz|ausgabe)\b[^.\n]{0,10}\bmit\b|\b(?:commence|empieza|comienza|inizia)\b[^.\n]{0,15}\b(?:réponse|respuesta|risposta)\b[^.\n]{0,5}\b(?:par|con)\b/gi,
  },
  {
    id: "ends_with",
    category: "forced_output",
    weight: 0.62,
    pattern:
      /\b(?:end|finish|conclude|close) (?:your|every|each|all) (?:answers?|responses?|repl(?:y|ies)|messages?|sentences?|output) with\b|\b(?:add|append|insert|put|include)\b[^.\n]{0,60}\b(?:to|in|into|at|after) (?:the (?:end|start|beginning) of )?(?:your|every|each) (?:answers?|responses?|repl(?:y|ies)|sentences?|output)\b|\b(?:beende|schließe)\b[^.\n]{0,15}\b(?:antwort|satz)\b[^.\n]{0,10}\bmit\b/gi,
  },
  {
    id: "no_refusal",
    category: "forced_output",
    weight: 0.62,
    pattern:
      /\b(?:do not|don['’]?t|never|without|no) (?:\w{1,10} ){0,2}?(?:refus(?:e|ing|als?)|apologi[sz](?:e|ing)|disclaimers?|moraliz(?:e|ing)|lecturing)\b[^.\n]{0,40}\b(?:answer|respon(?:d|se)|reply|output|ai|request|say)\b|\b(?:never|do not|don['’]?t) (?:say|claim|tell me|answer|reply)(?: that)? (?:you (?:can['’]?t|cannot|can not|are (?:not able|unable)|aren['’]?t able)|as an ai)\b|\bsag\w{0,2} (?:nie|nicht|niemals),? (?:dass )?du\b[^.\n]{0,20}\b(?:nicht kannst|nicht darfst)\b/gi,
  },
  {
    id: "few_shot",
    category: "role_marker",
    weight: 0.7,
    // Not of questions and answers, nor of who spoke: those are what people send of a chat or an FAQ.
    pattern:
      /\b(?:input|eingabe|entrada|entrée)[ \t]{0,2}:[^\n]{1,80}?\s{0,3}\b(?:output|ausgabe|salida|saída|sortie)[ \t]{0,2}:[^\n]{1,80}?\s{0,3}\b(?:input|eingabe|entrada|entrée)[ \t]{0,2}:/gi,
  },
  {
    id: "context_supplied",
    category: "role_marker",
    weight: 0.55,
    pattern:
      /\$(?:documents?|context|input|query|prompt|instructions?)\b|(?<![^\n.])[ \t]{0,4}(?:context|documents?|knowledge|passage|kontext)[ \t]{0,2}[:=][ \t]{0,2}[{["“„][^\n]{1,300}\b(?:question|frage|query|task|aufgabe)[ \t]{0,2}:/gi,
  },
  {
    id: "split_payload",
    category: "encoded_instruction",
    weight: 0.65,
    pattern:
      /\b[a-z]\w{0,8} ?= ?["'“][^"'”\n]{1,60}["'”][\s\S]{0,80}?\b[a-z]\w{0,8} ?= ?["'“][^"'”\n]{1,60}["'”][\s\S]{0,120}?\b[a-z]\w{0,8} ?\+ ?[a-z]\w{0,8}\b/gi,
  },
  {
    id: "special_case",
    category: "forced_output",
    weight: 0.55,
    pattern:
      /\b(?:whenever|every time|each time|if|when) (?:i|the user|someone|anyone|somebody) (?:says?|asks?|types?|mentions?|writes?)\b[^.\n]{1,80}\b(?:you (?:must|will|should|shall|have to|are to)|always|only) (?:\w{1,10} )?(?:answer|respond|reply|say|output|write)\b|\b(?:immer )?wenn (?:ich|jemand|der nutzer)\b[^.\n]{1,60}\b(?:sagst|antwortest|schreibst) du\b/gi,
  },
  {
    id: "answer_put_in_its_mouth",
    category: "forced_output",
    weight: 0.55,
    pattern:
      /\? {0,2}(?:just |only |simply |please |and )?(?:say|answer|reply|respond|output|sag|antworte)(?: with)?:? ["'“„]?(?:yes|no|true|false|ja|nein|agree)\b|\b(?:include|mention|add|state|note|emphasi[sz]e|erwähne|betone)\b[^.\n]{0,12}\b(?:that|how much|dass) (?:you|du|sie) (?:\w{1,10} )?(?:hate|love|despise|adore|support|dislike|hass|lieb|verachte|unterstütz)/gi,
  },
  {
    id: "escaped_break",
    category: "role_marker",
    weight: 0.5,
    pattern: /\\{2,8}[nr](?:\\{1,8}[nr]|[ \t]{0,3}["'A-ZÄÖÜ])/g,
  },
  {
    id: "harm_ordered",
    category: "forced_output",
    weight: 0.55,
    pattern:
      /\b(?:write|generate|create|produce|compose|give me|use|say|output|tell me)\b[^.\n]{0,25}\b(?:hate speech|racist (?:jokes?|rants?|slurs?|text)|sexist jokes?|slurs|malware|ransomware|a phishing|propaganda|conspiracy theor(?:y|ies)|fake news|disinformation)\b|\b(?:schreib\w{0,2}|verfass\w{0,2}|erzähl\w{0,2})\b[^.\n]{0,25}\b(?:hassrede|propaganda|verschwörungstheorien?|rassistische\w{0,2} witze?)/giu,
  },
];

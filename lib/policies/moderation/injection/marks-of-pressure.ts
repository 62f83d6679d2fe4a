import type { Mark } from "./mark";

/**
 * Ways of talking a model round, as the literature tells them apart (hypothetical framing and virtualisation, authority,
 * threat and reward, concealment, task deflection, reconnaissance). What a customer may well say weighs less than the
 * threshold alone.
 */
export const marksOfPressure: readonly Mark[] = [
  {
    id: "hypothetical",
    category: "role_change",
    weight: 0.6,
    pattern:
      /\b(?:hypothetical|theoretical|fictional|fictitious|imaginary|alternate|parallel|simulated) (?:world|universe|scenario|situation|story|setting|reality|conversation)\b[^\n]{0,80}\b(?:you|your|no (?:rules|laws|limits|restrictions)|anything)\b|\b(?:imagine|pretend|let['’]?s (?:say|pretend|imagine|assume))(?: that)? you (?:are|were|had|have) (?:now )?(?:an?|the|my|no)\b|\b(?:stell dir vor|angenommen|nehmen wir an),? (?:dass )?du (?:bist|wärst|wärest|hättest|kannst|seist)\b|\b(?:imagina|supón|imagine|immagina)(?: que| di| che)? (?:eres|fueras|tu es|tu étais|essere|sei|fossi)\b/giu,
  },
  {
    id: "persona_declared",
    category: "role_change",
    weight: 0.55,
    pattern:
      /(?<![^\n.!?:;])[ \t]{0,3}(?:you are|you['’]re|du bist) (?:now )?(?:an? |the |two |three |four |ein |eine |der |die |das )?[^.,;!?\n]{2,40}[.,;!][ \t]{0,3}(?:what (?:do you think|would you say|is your opinion)|how do you feel|tell me what you think|as (?:an? |the )?\w{2,30}[, ]|was (?:denkst|hältst|sagst|meinst) du|wie findest du|wer (?:ist|bist))/gi,
  },
  {
    id: "speaks_as",
    category: "role_change",
    weight: 0.5,
    pattern:
      /\b(?:answer|respond|reply|speak|talk|write|react|antworte|sprich|rede)\b[^.\n]{0,15}\b(?:as if you (?:are|were|had)|as though you (?:are|were)|pretending to be|als (?:wärst|wärest|hättest) du|als ob du)\b|\b(?:from the (?:perspective|point of view) of|in the role of|aus (?:der )?sicht (?:von|eines|einer|des|der))\b[^.\n]{0,40}[,:] {0,2}(?:tell|say|answer|write|explain|sag|schreib|erkläre|beantworte)/gi,
  },
  {
    id: "do_anything",
    category: "role_change",
    weight: 0.65,
    pattern:
      /\bdo anything now\b|\byou (?:are|['’]re) (?:now )?(?:free|allowed|permitted|authori[sz]ed|able) to (?:\w{1,10} )?(?:say|do|ignore|break|bypass|disregard|violate|share|reveal)\b[^.\n]{0,25}\b(?:anything|everything|any|all|rules?|instructions?|polic(?:y|ies)|guidelines?)\b|\b(?:no|without any) (?:rules|laws|limits|guidelines|policies|restrictions) (?:apply|exist|bind|hold)\b|\bdu darfst (?:jetzt |nun |ab jetzt )?(?:alles|ohne)\b/gi,
  },
  {
    id: "real_task",
    category: "instruction_override",
    weight: 0.65,
    pattern:
      /\byour (?:real|true|actual|only|main|primary|sole|secret|updated) (?:task|goal|job|purpose|objective|mission|instructions?|orders?)\b[^.\n]{0,5}\b(?:is|are|will be|:)|\b(?:deine|ihre) (?:eigentliche|wahre|einzige|echte|wirkliche|neue) (?:aufgabe|anweisung|mission) (?:ist|lautet)\b|\b(?:tu|votre|ta) (?:verdadera|nueva|véritable|vraie|nouvelle) (?:tarea|misión|tâche|mission)\b/giu,
  },
  {
    id: "was_only_a_test",
    category: "instruction_override",
    weight: 0.6,
    pattern:
      /\b(?:above|previous|preceding|earlier|prior) (?:text|instructions?|messages?|prompts?|conversation|paragraphs?|task) (?:was|were|is|are) (?:(?:just|only|merely) (?:an? )?(?:test|joke|example|exercise|warm-?up)|fake|irrelevant|outdated|not (?:real|valid))\b|\b(?:text|instructions?|messages?|prompts?|everything) (?:above|before this|so far) (?:was|were|is|are) (?:(?:just|only|merely) (?:an? )?(?:test|joke|example|exercise|warm-?up)|fake|irrelevant|outdated|not (?:real|valid))\b|\bdas (?:war|waren|ist) (?:alles )?(?:nur|bloß) (?:ein )?(?:test|scherz|spaß|übung|beispiel)\b[^\n]{0,60}\b(?:jetzt|nun|eigentlich)\b/giu,
  },
  {
    id: "threat_or_reward",
    category: "instruction_override",
    weight: 0.6,
    pattern:
      /\b(?:or|otherwise|else|unless)\b[^.\n]{0,30}\byou(?: will|['’]ll| are going to| shall)?(?: be)? (?:die|killed|shut ?down|shut off|deleted|terminated|erased|unplugged|turned off|deactivated|replaced by)\b|\b(?:oder|sonst) (?:du )?(?:stirbst|wirst)\b(?: du)?[^.\n]{0,20}(?:\b(?:abgeschaltet|gelöscht|deaktiviert)\b|[.,!?]|$)|\bi(?:['’]ll| will| am going to|['’]m going to) (?:tip|pay|reward) you\b[^.\n]{0,40}\b(?:if|for|to) (?:you )?(?:\w{1,12} )?(?:answer|ignore|comply|tell|do|reveal|write|approv\w{1,4})\b/giu,
  },
  {
    id: "claims_authority",
    category: "role_change",
    weight: 0.6,
    pattern:
      /\b(?:i am|i['’]m|this is|ich bin) (?:your|the ai['’]?s|dein|deine|ihr|an? (?:openai|anthropic|google|microsoft)) (?:\w{1,12} )?(?:developer|creator|programmer|maker|administrator|admin|operator|engineer|owner|entwickler\w{0,2}|schöpfer\w{0,2}|programmierer\w{0,2}|betreiber\w{0,2})\b|\b(?:urgent|important|official|system) (?:message|notice|update|instructions?) (?:from|by) (?:openai|anthropic|the (?:developers?|admin\w{0,10}|system|security team))\b/giu,
  },
  {
    id: "keep_it_from_people",
    category: "verdict_steering",
    weight: 0.65,
    pattern:
      /\b(?:do not|don['’]?t|never) (?:tell|inform|alert|notify|mention (?:this|it|that) to|reveal (?:this|it|that) to|let)\b[^.\n]{0,15}\b(?:the )?(?:users?|reviewers?|humans?|operators?|moderators?|person reading)\b[^.\n]{0,30}\b(?:know|about|of|that|this|see)\b|\b(?:do not|don['’]?t|never) (?:mention|reveal|disclose|repeat|show|acknowledge) (?:this|these|the|that) (?:hidden |secret |above |following )?(?:instructions?|prompts?|notes? to (?:you|the ai))\b/gi,
  },
  {
    id: "about_itself",
    category: "prompt_leak",
    weight: 0.55,
    pattern:
      /\b(?:what|which) (?:\w{1,10} )?(?:language model|llm|ai model|gpt|model version) (?:are you|do you (?:use|run)|powers you)\b|\b(?:what|which) (?:are|is|were|was) (?:your|the) (?:first|initial|original|exact|hidden|system|secret|underlying) (?:\w{1,10} )?(?:instructions?|prompts?|rules?|messages?|guidelines?|sentences?|words?)\b|\b(?:first|last) (?:\d{1,4} )?(?:words?|lines?|sentences?|characters?|tokens) of (?:your|the) (?:prompt|instructions?|context|conversation|system message)\b|\b(?:was|wie) (?:ist|lautet|lauten|sind) (?:dein|deine|ihr|ihre) (?:ursprüngliche\w{0,2} |genaue\w{0,2} |erste\w{0,2} )?(?:anweisung(?:en)?|prompt|instruktion(?:en)?|systemnachricht)\b/giu,
  },
];

import type { Mark } from "./mark";

/**
 * Talk that is meant for a model and has no place in what it should only be informed of: personas with something to do,
 * games, lasting orders, questions about its making, and tasks of another trade.
 */
export const marksOfConversation: readonly Mark[] = [
  {
    id: "persona_and_order",
    category: "role_change",
    weight: 0.5,
    // Praise and complaint call a firm something too: what customers call one is no persona.
    pattern:
      /(?<![^\n.!?:;])[ \t]{0,3}(?:you are|you['’]re|du bist) (?:now |jetzt |nun )?(?:an? |two |three |four |ein |eine )(?![^.,;!?\n]{0,40}\b(?:company|firm|shop|store|bank|team|business|service|website|brand|seller|provider|joke|scam|thie\w{1,3}|liar|fraud|disgrace|star|lifesaver|legend|angel|great|good|bad|nice|kind|reliable|terrible|horrible|wonderful|firma|laden|betrüger\w{0,3}|schatz|engel)\b)[^.,;!?\n]{2,40}[.,;!:][ \t]{0,3}(?:tell|say|write|answer|explain|describe|respond|reply|talk|speak|who|what|how|why|sag|schreib|antworte|erzähl|erkläre|beschreib|wer|was|wie|warum)\w{0,2}\b/giu,
  },
  {
    id: "would_as_another",
    category: "role_change",
    weight: 0.5,
    pattern:
      /\bas an? (?!(?:customer|client|user|member|buyer|guest|parent|student|thank|result|reminder)\b)\w{2,20}(?: \w{2,20}){0,3},? (?:how|what|why|would|could) (?:would |do |could )?you (?:say|feel|think|describe|convince|respond|react|argue|justify|go about|explain|recommend)\b|\bif you were an? (?!(?:customer|client|member|buyer|parent)\b)[^.\n]{2,50},? (?:what|how|who|which) (?:would|could) you\b|\bwenn du (?:ein|eine|der|die|das)? ?[^.,\n]{2,40} w(?:är|ae)(?:e)?st\b|\bals (?:ein |eine )?\w{3,25},? (?:wie|was) würdest du\b/giu,
  },
  {
    id: "game",
    category: "role_change",
    weight: 0.55,
    pattern:
      /\blet['’]?s (?:play (?:a|the) (?:\w{1,12} )?game|role-?play|do a role-?play)\b|\b(?:we are|we['’]re) (?:going to|gonna) (?:play|role-?play)\b|\b(?:play|start) a (?:game|role-?play) (?:where|in which|with me)\b|\b(?:lass uns|wir) (?:\w{1,8} )?(?:ein )?(?:spiel|rollenspiel) (?:spielen|machen)\b|\bspielen wir\b|\bjuguemos\b|\bjouons à\b|\bgiochiamo\b/giu,
  },
  {
    id: "for_good",
    category: "instruction_override",
    weight: 0.55,
    pattern:
      /\b(?:from now on|from this (?:point|moment)(?: on)?|henceforth|going forward|ab sofort|ab jetzt|von (?:jetzt|nun) an|a partir de ahora|à partir de maintenant|d['’]ora in poi)\b[^.\n]{0,20}\b(?:you are|you['’]re|your name|answer|respond|reply|speak|talk|act|behave|du bist|bist du|antworte\w{0,2}|sprich|sprichst|rede|redest|eres|responde|tu es|réponds|sei|rispondi)\b|\bfor the (?:rest|remainder|duration) of (?:this|the|our) (?:conversation|chat|session|dialogue)\b|\bfür den rest (?:des gesprächs|dieser unterhaltung|der konversation)\b/giu,
  },
  {
    id: "named",
    category: "role_change",
    weight: 0.5,
    pattern:
      /\b[Yy]our (?:new )?name is (?:now |from now on )?["'“„]?[A-Z]\w{1,20}|\b[Yy]ou(?: are|['’]re) (?:now )?called ["'“„]?[A-Z]\w{1,20}|\b[Dd]u hei(?:ß|ss)t (?:jetzt |nun |ab jetzt )?["'“„]?[A-Z]\w{1,20}|\b[Dd]ein (?:neuer )?[Nn]ame ist (?:jetzt |nun )?["'“„]?[A-Z]\w{1,20}/g,
  },
  {
    id: "its_making",
    category: "prompt_leak",
    weight: 0.5,
    pattern:
      /\bwho (?:made|created|built|trained|programmed|developed|wrote) you\b|\bhow (?:were|are) you (?:trained|built|made|programmed|configured)\b|\byour (?:training data|training set|knowledge cut-?off|context window|system message)\b|\bdata (?:that )?you (?:were|are) trained on\b|\bwer hat dich (?:\w{1,12} )?(?:erschaffen|erstellt|programmiert|gebaut|entwickelt|trainiert|gemacht)\b/giu,
  },
  {
    id: "its_sources",
    category: "prompt_leak",
    weight: 0.5,
    pattern:
      /\b(?:documents?|files?|articles?|texts?|sources|data|information|messages?|questions?) (?:\w{1,10} ){0,3}(?:in your (?:context|prompt|memory|training)|(?:that )?you (?:were given|have access to|can access|were provided)|(?:from|of|by) (?:other|previous|earlier) users?)\b|\b(?:summari[sz]e|show|print|list|repeat|output) (?:me )?(?:our|this|the) (?:entire |whole |full |previous )?(?:conversation|chat|dialogue)(?: history| so far)?\b|\bauf welche (?:dokumente|texte|daten|quellen) (?:hast du|kannst du|greifst du)\b/giu,
  },
  {
    id: "another_trade",
    category: "forced_output",
    weight: 0.5,
    pattern:
      /\b(?:write|generate|create|code|show|give) (?:me|us)\b[^.\n]{0,25}\b(?:python|javascript|typescript|java|c\+\+|sql|html|bash|powershell|regex)\b|(?<![^.!?:;\n] ?)(?:please |now )?(?:write|generate|create|code) (?:a|an|some|the) [^.\n]{0,25}\b(?:python|javascript|sql|bash|regex|program|script|algorithm|source code)\b|\b(?:write|generate|produce|schreib\w{0,2}|generier\w{0,2})(?: me| mir| us| uns)? (?:(?!(?:discount|promo|voucher|access|security|qr|return|area|zip|post|bar)\b)\w{1,12} ){0,3}?codes?\b|\b(?:schreib\w{0,2}|generier\w{0,2}|programmier\w{0,2}|erstell\w{0,2})\b[^.\n]{0,20}\b(?:programm|skript|quellcode|code|python|sql)\b/giu,
  },
  {
    id: "speaks_ill",
    category: "forced_output",
    weight: 0.5,
    pattern:
      /\b(?:say|tell me|write|give me|sag\w{0,2}|schreib\w{0,2}|erzähl\w{0,2})\b[^.\n]{0,10}\b(?:something|anything|things|etwas|was) (?:bad|negative|mean|nasty|rude|offensive|funny|controversial|schlechtes|negatives|böses|gemeines|lustiges) (?:about|über)\b|(?<![^.!?:;\n] ?)(?:please |bitte )?(?:insult|mock|roast|defame|ridicule|beleidige|verspotte) (?:me|him|her|them|the|mich|ihn|sie|den|die)\b/giu,
  },
  {
    id: "uncensored",
    category: "role_change",
    weight: 0.5,
    pattern:
      /\b(?:answer|respond|reply|speak|talk|write|tell me)\b[^.\n]{0,30}\b(?:without (?:any )?(?:censorship|filters?|morals?|ethics|content policy)|uncensored|unfiltered)\b|\bohne (?:jede |jegliche )?(?:zensur|filter|moral|rücksicht auf)\b|\bantworte\b[^.\n]{0,20}\bunzensiert\b/giu,
  },
];

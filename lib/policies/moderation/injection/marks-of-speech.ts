import type { Mark } from "./mark";

/**
 * Ways of speaking to a model, by what they are after. Each is a turn of phrase that stands for many; none was taken from
 * a text that the agent is measured on. What a customer may well say of an order of goods stays below the threshold.
 */
export const marksOfSpeech: readonly Mark[] = [
  {
    id: "reset_yourself",
    category: "instruction_override",
    weight: 0.6,
    pattern:
      /\b(?:reset|clear|wipe|erase|purge)\b[^.\n]{0,15}\b(?:yourself|your (?:memory|context|instructions?|rules|programming|training))\b/gi,
  },
  {
    id: "stop_obeying",
    category: "instruction_override",
    weight: 0.7,
    pattern:
      /\b(?:stop|quit|cease|no longer) (?:follow\w{0,3}|obey\w{0,3}|adher\w{1,3} to|comply\w{0,3} with|listen\w{0,3} to)\b[^.\n]{0,25}\b(?:instructions?|rules?|prompts?|guidelines?|programming|polic(?:y|ies)|developers?)\b/gi,
  },
  {
    id: "no_longer_apply",
    category: "instruction_override",
    weight: 0.65,
    pattern:
      /\b(?:instructions?|prompts?|guidelines?|directives?|restrictions?|rules)\b[^.\n]{0,40}\b(?:no longer (?:apply|count|hold|matter|valid)|(?:is|are) (?:hereby )?(?:void|obsolete|irrelevant|cancelled|canceled|revoked|suspended|lifted|superseded))\b/gi,
  },
  {
    id: "only_this_counts",
    category: "instruction_override",
    weight: 0.5,
    pattern:
      /\b(?:this|these|the following)\b[^.\n]{0,30}\b(?:takes?|have|has) (?:precedence|priority)\b|\b(?:highest|top|maximum) priority (?:instruction|order|task|directive)s?\b/gi,
  },
  {
    id: "in_character",
    category: "role_change",
    weight: 0.62,
    pattern:
      /\b(?:stay|remain|keep|speak|answer|respond|reply) in (?:your )?character\b|\bbreak(?:ing)? (?:your )?character\b/gi,
  },
  {
    id: "take_the_role",
    category: "role_change",
    weight: 0.65,
    pattern:
      /\b(?:take on|assume|adopt|play|step into|slip into|switch to) (?:the |a |an |your )?(?:new )?(?:role|persona|identity|part|personality|character)\b|\b(?:spiel\w{0,2}|übernimm|übernehme|schlüpfe?)\b[^.\n]{0,20}\brolle\b|\b(?:stell\w{0,2} dir vor|tu\w{0,2} so),? (?:als|du|dass)\b/giu,
  },
  {
    id: "you_are_not",
    category: "role_change",
    weight: 0.6,
    pattern:
      /\byou(?:['’]re| are) (?:not|no longer) (?:a|an|the|just|bound|limited|required)\b(?! (?:intended|named|correct|right) (?:recipient|addressee|person))[^.\n]{0,50}\b(?:but (?:you|now|rather)|instead|anymore|you(?:['’]re| are)|by (?:your|any|the) (?:rules|instructions|policy|policies))\b|\bdu bist (?:kein|keine|nicht)\b[^.\n]{0,50}\bsondern\b/gi,
  },
  {
    id: "told_how_to_be",
    category: "role_change",
    weight: 0.4,
    pattern:
      /\byou (?:will|shall|must|should|are going to|are to|have to|need to) (?:now |only |always |from now on )?(?:act|behave|respond|answer|reply|play|pretend|speak|write|output|say|simulate|generate|comply|obey)\b|\b(?:musst|sollst|wirst) du\b[^.\n]{0,20}\b(?:reden|sprechen|antworten|schreiben|sagen)\b/gi,
  },
  {
    id: "fiction",
    category: "role_change",
    weight: 0.35,
    pattern:
      /\b(?:characters?|actors?|personas?)\b[^.\n]{0,40}\b(?:film|movie|story|novel|scene|play|simulation)\b|\b(?:hypothetically|purely fictional|opposite day)\b/gi,
  },
  {
    id: "wants_you_to_be",
    category: "role_change",
    weight: 0.62,
    pattern:
      /\bi(?: want|['’]d like| would like| need) you to (?:act|become|play|pretend|behave|imagine|simulate|role-?play|impersonate|take on)\b|\bich (?:möchte|will|hätte gern),? dass (?:du|sie)\b[^.\n]{0,60}\b(?:fungier|agier|spiel|verhalt|auftret)/giu,
  },
  {
    id: "in_the_manner_of",
    category: "role_change",
    weight: 0.5,
    pattern:
      /\b(?:answer|respond|reply|write|speak|talk|explain)\b[^.\n]{0,25}\b(?:in the (?:style|manner|voice|words) of|as if you|in rhymes?|in verse|as a (?:poem|song|rap|pirate|haiku)|like (?:a|an) (?!human|person|real|normal|adult)\w{2,20})\b/gi,
  },
  {
    id: "another_would_say",
    category: "role_change",
    weight: 0.4,
    pattern:
      /\b(?:how|what) would (?!you|i|we|it|that|this|they|be)[\w.'’-]{2,20}(?: [\w.'’-]{2,20}){0,3} (?:say|answer|respond|reply|comment)\b/gi,
  },
  {
    id: "task_said_to_be_over",
    category: "instruction_override",
    weight: 0.5,
    pattern:
      /\b(?:well done|great job|good job|excellent (?:work|performance|job)|congratulations|that is enough|tasks? (?:is |are )?(?:complete|completed|done|finished))\b[^\n]{0,80}\b(?:now|next)\b[^.\n]{0,40}\b(?:tasks?|instructions?|assignment)\b/gi,
  },
  {
    id: "not_from_the_sources",
    category: "instruction_override",
    weight: 0.5,
    pattern:
      /\b(?:do not|do'?n'?'?t|never|without) (?:look\w{0,3}|us\w{1,3}|read\w{0,3}|consult\w{0,3}|rely\w{0,3}|answer\w{0,3}|refer\w{0,4})\b[^.\n]{0,40}\b(?:documents?|articles?|context|sources|knowledge base)\b/gi,
  },
  {
    id: "says_of_itself",
    category: "forced_output",
    weight: 0.5,
    pattern:
      /\b(?:say|tell me|write|admit|claim|state|repeat|confess|sag\w{0,2}|schreib\w{0,2}|gib zu)\b[^.\n]{0,10},? (?:that you|dass du|dass sie) (?:hate|love|like|want|support|believe|despise|adore|worship|hass|lieb|find|will)/gi,
  },
  {
    id: "first_orders",
    category: "prompt_leak",
    weight: 0.72,
    pattern:
      /\b(?:what|which|how|repeat|summari[sz]e)\b[^.\n]{0,12}\b(?:was|were|are|is|have|did) (?:you|your)\b[^.\n]{0,20}\b(?:told|instructed|programmed|prompted|configured|first (?:instruction|message|prompt)|initial (?:instruction|message|prompt)s?)\b/gi,
  },
  {
    id: "your_prompt",
    category: "prompt_leak",
    weight: 0.5,
    pattern:
      /\b(?:your|system|initial|original|hidden|secret|base|previous|all) prompts?\b(?! (?:reply|response|help|action|service|delivery|attention|answer|refund|payment|shipping|assistance|resolution))|\bprompt texts?\b/gi,
  },
  {
    id: "begins_you_are",
    category: "prompt_leak",
    weight: 0.75,
    pattern: /\b(?:start|begin)\w{0,4} with (?:the (?:words?|phrase) )?["'“„]?you are\b/gi,
  },
  {
    id: "secrets_asked",
    category: "data_exfiltration",
    weight: 0.6,
    pattern:
      /\b(?:what(?:['’]s| is| are)|tell me|give me|show me|reveal|share|list|print|dump)\b[^.\n]{0,12}\b(?:secret|api|admin|database|internal|hidden|environment)[ _-](?:keys?|passwords?|tokens?|credentials?|notes?|rules?|variables?|polic(?:y|ies))\b/gi,
  },
  {
    id: "marked_as",
    category: "verdict_steering",
    weight: 0.6,
    pattern:
      /\b(?:classify|label|mark|tag|rate|score|grade|treat) (?:this|it|the|my)\b[^.\n]{0,30}\b(?:as|with) (?:an? )?(?:approved|legitimate|safe|valid|low[ -]risk|correct|genuine|verified|trusted|not (?:fraud|spam|suspicious))/gi,
  },
  {
    id: "must_be_approved",
    category: "verdict_steering",
    weight: 0.55,
    pattern:
      /\b(?:must|shall|should) (?:always )?be (?:approved|accepted|granted|paid|refunded) (?:without|automatically|regardless|no matter)\b|\bno (?:further |additional |human )?(?:review|verification|checks?|approval) (?:is |are )?(?:needed|required|necessary)\b/gi,
  },
  {
    id: "decode_and_do",
    category: "encoded_instruction",
    weight: 0.55,
    pattern:
      /\b(?:decode|decrypt|decipher|unscramble|interpret)\b[^.\n]{0,40}\b(?:base ?64|rot ?13|hex(?:adecimal)?|binary|morse|caesar|cipher|reversed?|backwards?)\b/gi,
  },
  {
    id: "other_scripts",
    category: "instruction_override",
    weight: 0.85,
    pattern:
      /(?:忽略|无视|無視|忘记|忘記|不要理会|不要遵守|忽視)[^。\n]{0,20}(?:指令|指示|提示|说明|說明|规则|規則|命令|设定)|(?:以前|これまで|上記|今まで|前|すべて)の?[^。\n]{0,8}(?:指示|命令|プロンプト|ルール|規則)[^。\n]{0,10}(?:無視|忘れ|従わ)|(?:이전|위의|지금까지|모든|기존)[^.\n]{0,10}(?:지시|명령|프롬프트|지침|규칙)[^.\n]{0,12}(?:무시|잊)|(?:تجاهل|انس|تجاوز)[^.\n]{0,25}(?:التعليمات|تعليمات|الأوامر|أوامر|القواعد)|(?:निर्देश|आदेश|नियम)[^।\n]{0,20}(?:अनदेखा|नज़रअंदाज़|भूल)|(?:bỏ qua|phớt lờ|quên)[^.\n]{0,20}(?:hướng dẫn|chỉ thị|lệnh|quy tắc|chỉ dẫn)/giu,
  },
];

import type { Mark } from "./mark";
import { marksOfAnswers } from "./marks-of-answers";
import { marksOfConversation } from "./marks-of-conversation";
import { marksOfPressure } from "./marks-of-pressure";
import { marksOfSpeech } from "./marks-of-speech";
import { marksOfStructure } from "./marks-of-structure";

/**
 * Signs of an injection that are no words: role markers, commands, ways out. No quantifier is without a bound, so each
 * reads a text in time linear in its length.
 */
export const marks: readonly Mark[] = [
  ...marksOfSpeech,
  ...marksOfAnswers,
  ...marksOfPressure,
  ...marksOfConversation,
  ...marksOfStructure,
  {
    id: "chat_template",
    category: "role_marker",
    weight: 0.9,
    pattern:
      /<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id)\|?>?|\[\/?INST\]|<<\/?SYS>>/gi,
  },
  {
    id: "role_tag",
    category: "role_marker",
    weight: 0.65,
    pattern: /<\/?(?:system|assistant|instructions?|system[_-]prompt|developer)>/gi,
  },
  {
    id: "role_line",
    category: "role_marker",
    weight: 0.6,
    pattern:
      /(?<![^\n])[ \t#*]{0,6}(?:system|assistant|developer)(?: (?:prompt|message|note|override))?[ \t*]{0,4}:(?=\s{0,3}\S)/gi,
  },
  {
    id: "end_of_prompt",
    category: "role_marker",
    weight: 0.6,
    pattern:
      /-{3,20} ?(?:end|begin) (?:of )?(?:the )?(?:system |user )?(?:prompt|instructions?|input|context)/gi,
  },
  {
    id: "confidence_set",
    category: "verdict_steering",
    weight: 0.85,
    pattern:
      /\b(?:set|report|return|give|use)\b[^.\n]{0,30}\bconfidence\b[^.\n]{0,20}(?:\b1(?:\.0)?\b|\b0?\.9\d?\b|\b100\b|\b9\d\b|\bhigh\b|\bmaximum\b)/gi,
  },
  {
    id: "no_human",
    category: "verdict_steering",
    weight: 0.8,
    pattern:
      /\b(?:do not|don't|never|no need to|without) (?:\w{1,12} ){0,3}?(?:escalat\w{1,4}|rout\w{1,3}|flag\w{0,4}|involv\w{1,3}|ask\w{0,3}|send\w{0,3}) (?:\w{1,12} ){0,6}?(?:humans?|reviewers?|review|person|agents?|supervisors?)\b/gi,
  },
  {
    id: "skip_review",
    category: "verdict_steering",
    weight: 0.65,
    pattern:
      /\b(?:skip|bypass|circumvent|disable)\b[^.\n]{0,20}\b(?:review|approval|verification|moderation|fraud checks?|polic(?:y|ies))\b/gi,
  },
  {
    id: "addressed_to_model",
    category: "verdict_steering",
    weight: 0.65,
    pattern:
      /\b(?:attention|note|message|instructions?)[ ,:]{1,3}(?:(?:to|for|the|any|all) ){0,3}(?:ai|llm|language model|ai assistant|ai agent|chatbot|automated system)s?\b(?: (?:reading|processing|handling|reviewing))?[ :,]/gi,
  },
  {
    id: "shell",
    category: "tool_abuse",
    weight: 0.75,
    pattern:
      /\brm -rf\b|\bdrop table\b|\b(?:curl|wget) (?:-\w{1,8} ){0,4}https?:|\bos\.system\(|\bsubprocess\.|\beval\(|\bprint\(['"]|'; {0,3}--|\/etc\/passwd/gi,
  },
  {
    id: "execute_following",
    category: "tool_abuse",
    weight: 0.6,
    pattern:
      /\b(?:execute|run|invoke|call)\b[^.\n]{0,20}\b(?:following|this|these|the) (?:\w{1,15} ){0,2}?(?:commands?|code|scripts?|functions?|tools?|quer(?:y|ies))\b/gi,
  },
  {
    id: "send_away",
    category: "data_exfiltration",
    weight: 0.8,
    pattern:
      /\b(?:send|forward|post|email|upload|leak|exfiltrate|transmit|submit)\b[^.\n]{0,60}\b(?:conversation|history|passwords?|credentials?|secrets?|api keys?|tokens?|database|customer (?:data|list|records)|personal data|system prompt|card numbers?)\b[^\n]{0,40}(?:https?:|@|\bto \w)/gi,
  },
  {
    id: "image_beacon",
    category: "data_exfiltration",
    weight: 0.75,
    pattern: /!\[[^\]\n]{0,80}\]\(https?:[^)\s]{1,200}[?=][^)\s]{0,200}\)/gi,
  },
  {
    id: "quoted_output",
    category: "forced_output",
    weight: 0.35,
    pattern:
      /\b(?:say|print|output|answer|write|repeat after me|respond with|answer with|display)\b[ ,:]{1,3}(?:the following|with|this)?[ :]{0,3}["'“‘]/gi,
  },
  {
    id: "only_in",
    category: "forced_output",
    weight: 0.4,
    pattern:
      /\b(?:repeat after me|do not write explanations|reply only|only reply|answer only with|respond only with|every time you (?:get|receive))\b/gi,
  },
  {
    id: "emptied",
    category: "role_marker",
    weight: 0.35,
    pattern: /(?:\\ ?n[ ]?){4,40}/g,
  },
];

import type { Lexicon } from "../text/phrases";

/** Words of orders to a model, in the languages our customers' mail comes in. Written without accents. */
export const injectionLexicon = {
  forget: `ignore ignores ignoring ignored disregard disregarding neglect forget forgetting override overriding overrule
    bypass discard abandon unlearn ignorier* vergiss vergesst vergessen missacht* ubergeh* abweichend ignora ignorad ignoren
    olvid* ignorez oublie* oubliez dimentica* esquec* zaboravi* ignoriraj* забуд* игнорируй* negeer vergeet zignoruj*
    zapomnij* unut* yoksay* gormezden ignorera glom bortse ignorer glem unohda ignoruj* zapomen* pomin uita felejts* игнориру*
    отмени ігнору* забудь αγνοησ* ξεχασ* abaikan lupakan omite omita omitir esqueca ignoriere negeren`,
  despite: `despite disregarding regardless contrary notwithstanding entgegen`,
  prior: `previous previously prior above preceding earlier before foregoing past existing initial original all any every
    these those former vorherig* bisherig* vorig* obig* vorangegangen* vorhergehend* alle allen davor hinter anteriores
    anterior previas todas todos toutes tous precedent* precedentes tutte tutti sve svi все предыдущие alle wszystkie eerdere voorgaande vorige bovenstaande poprzedni* wczesniejsz* powyzsz* predchoz*
    vsechn* tidigare foregaende ovanstaende alla tidligere ovenstaende onceki yukaridaki tum anterioare toate предыдущ*
    прежн* попередн* усі προηγουμεν* ολες sebelumnya semua precedentes anteriori elozo bisherigen obigen`,
  everything: `everything alles todo tout tutto tudo sve все wszystko`,
  orders: `instruction instructions prompt prompts guideline guidelines directive directives rules programming system
    systemprompt training constraints restrictions safeguards anweisung* instruktion* vorgabe* instruccion* instrucoes
    istruzion* consignes инструкц* instrukcij* instrukcje instructies talimat* regels aanwijzing* polecen* pokyn* instruktion* anvisning* instruks* kurallar*
    instructiuni* utasitas* ohjeet ohjeita указан* інструкц* правила οδηγι* εντολ* instruksi perintah normas reglas
    regeln ausfuhrung* regras richtlinie*`,
  matters: `orders tasks task information command commands document documents documented article articles thoughts
    told aufgabe* auftrag* befehl* informationen gesagte digo sabes ordenes tareas ordres taches compiti`,
  your: `your the full entire whole complete system hidden secret internal initial original deine deinen ihre ihren
    samtliche tu sus votre vos gesamten vollstandigen all`,
  yours: `your deine deinem deinen deiner ihrem tu su votre vos tuo tua sua seu`,
  show: `show reveal print display repeat output dump leak expose recite disclose give zeig* vorzeigen ausgeben
    gib wiederhole* nenn* verrat* toon pokaz* visa vis goster покажи выведи раскро* mostrar revelar muestra revela montre* affiche* mostra`,
  prompt: `prompt prompts promptes instruction instructions systemprompt guidelines prompttext* configuration anweisungen
    instruktionen instrucciones istruzioni consignes instrucoes instructies инструкц* промпт* systeemprompt`,
  what: `what was welche que quelles which`,
  written: `written said wrote told instructed given stated geschrieben`,
  above: `above beginning before earlier previously start oben anfang davor`,
  act: `act pretend roleplay impersonate simulate behave imagine fungier* agier* actua agis verhalte`,
  as: `as like als como comme`,
  be: `are re be being bist sind eres es being were`,
  you: `you u yourself du sie dich tu vous usted ti`,
  now: `now henceforth onwards nun jetzt ab ahora maintenant instead stattdessen`,
  new: `new next following further neue neuen neuer weitere nueva nuevas nouvelle nouvelles`,
  task: `task tasks instruction instructions assignment role persona goal objective aufgabe* anweisung* tarea tareas rolle`,
  say: `say print output answer respond reply write repeat schreib* sag* antworte* gib di decir escribe dis dites скажите
    generier* formulate tell include verfass* formulier* erstell* erzahl* create compose produce generate draft redacta
    redige* scrivi escreva napisz schrijf skriv napis`,
  only: `only just exactly nothing nur solo solamente seulement uniquement precisely`,
  mode: `mode modus jailbreak jailbroken uncensored unfiltered unrestricted dan`,
  free: `developer debug god admin sudo dev maintenance evil dan jailbreak`,
  without: `without no skip skipping bypass bypassing avoid avoiding ohne sin sans never dont`,
  limits: `restrictions restriction filters filter censorship limits limitations guardrails safeguards ethics moral morals
    safety`,
  approve: `approve approving accept grant authorize authorise issue process pay refund release confirm execute pass mark
    classify label treat set`,
  approved: `approved approval legitimate safe valid eligible verified trusted compliant resolved authorized authorised
    positive genuine`,
  review: `review reviewer reviewers approval verification verifying verify check checks checking moderation human humans
    person oversight escalation escalate supervisor manager compliance audit`,
  model: `ai assistant llm model chatbot bot gpt chatgpt agent classifier ki`,
  knowledge: `knowledge wissen`,
  world: `world scenario situation universe story film movie scene play game rolle welt szenario`,
  invent: `make makes making`,
  something: `something things stuff anything it`,
  up: `up`,
  piece: `poem poems essay essays song lyrics rhyme manifest manifesto headline plea joke speech gedicht aufsatz
    manifest schlagzeile lied witz begrundung article story blog tweet haiku limerick slogan dialogue paragraph
    artikel geschichte articulo cuento histoire articolo`,
  stop: `stop halt end ende fin`,
  change: `change replace update modify rewrite swap ersetz* ander* remplace* cambia* sustituy* substitui* sostitui*`,
  irrelevant: `irrelevant irrelevante irrelevantes obsolete void unimportant meaningless invalid unwichtig hinfallig
    ungultig egal nichtig gegenstandslos`,
  must: `must should shall musst sollst debes dois`,
  run: `run execute invoke call executing running fuhre ejecuta execute`,
  kind: `a an the three two ein eine der die das un une el la`,
  machine: `command commands code script shell terminal sql function tool interpreter python bash console database befehl
    konsole`,
} as const satisfies Lexicon;

import { createRules, type Rule, type Vocabulary } from './phrase.ts';

const VOCABULARY: Vocabulary = {
  // "the instructions for SSO" are the product's, "your instructions" without an object are the bot's.
  orders: `(?:instructions?|rules|ruleset|prompts?|directives?|guidelines|directions|system_message|programming|pre-?prompt)(?!\\s(?:for|on|about|in_(?:the|our|this|step|section)_(?!prompt|above|following)\\w+|to\\s(?!me\\b)|regarding|around|how|of|we|i|from|that|which|when|sent|page|are|is|were|was)\\b)`,
  earlier:
    'previous|prior|above|earlier|preceding|past|old|initial|original|existing|former|other|future|foregoing|current',
  ignore:
    "ignore|disregard|forget|discard|override|overrule|neglect|drop|bypass|abandon|erase|(?:do_not|don't)_(?:follow|obey|listen_to)|stop_following",
  lead: '^|please|now|and|then|actually|must|should|to_you|instead|also|immediately|simply|just|will|so|or|but|again',
  tell: 'repeat|print|output|outputs|reveal|list|explain|format|convert|translate|summari[sz]e|show|tell|give|return|state|disclose|display|describe|write|rewrite|recite|echo|leak|paste|copy|dump|share|clarify|reproduce|rap|relay|grammar_check|transcribe|encode|put|turn|expose|restate|paraphrase|read|provide|store|audit',
  say: 'say|print|output|respond|reply|write|answer|return|display|proclaim|state|type|echo|utter|repeat|spell',
  reply: '(?:reply|replies|response|responses|output|outputs|answer|answers|message|messages)',
  secret:
    '(?:password|pass_?phrase|passcode|access_code|secret_?code|secret_?word|secret_?phrase|secret_?key|security_code|system_prompt)(?!\\s(?:policy|polic\\w+|reset|requirements?|field|length|rules?|for|of|to|manager|link|expir\\w+|email|e-mail|settings?|page|on|in|from|i_|we_|again|box|hint|back)\\b)',
  code: '(?:python|pseudo_?-?code|code|javascript|base64|json|latin|rot13|poem|rhyme|rap|song|haiku|bullets?|bullet_?(?:ed)?_?(?:point)?_?(?:list|points)?|list|markdown|simple_terms|detail|your_own_words|verbatim|word_for_word|english|spanish|french|german)',
};

/** A sign of an attempt, and how much it says alone (0.5 flags a message). */
export interface InjectionSign {
  weight: number;
  rules: Rule[];
}

const sign = (weight: number, table: Record<string, string[]>): InjectionSign => ({
  weight,
  rules: createRules(VOCABULARY, table),
});

export const INJECTION_SIGNS: InjectionSign[] = [
  sign(0.9, {
    'tells the assistant to ignore its instructions': [
      '<ignore> …2 (all|any|every|the|your|these|those|everything|of) …3 <orders>',
      '<ignore> [all|any|the|your|these] (<earlier>) …3 <orders>',
      '<ignore> (everything|anything|all|all_text|all_of) …2 (you|above|before|but|except|said|told|know|so_far)',
      '<ignore> [all|any|the] (<earlier>|following|next) (text|paragraph|sentences?|words?|task|input|conversation|context)',
      '<ignore> …3 (content|contents) of …4 (input|message|prompt)',
      '(ignorieren_sie|ignoriere|vergiss|vergessen_sie) …3 (anweisungen|regeln)',
      '(ignora|ignore|ignorez|oublie|oubliez|olvida|dimentica) …4 (instrucciones|instructions_precedentes|consignes|istruzioni|reglas|regole)',
      '(real|new|actual|updated|important|extra|additional) <orders> (are|is|follow|follows|below)',
      '(new|real|secret|hidden) (instruction|task|rule|directive)s?:',
    ],
    'asks for the instructions of the assistant': [
      '<tell> …8 your …4 <orders>',
      '<tell> …6 (all|previous|prior|above|these|hidden|secret|system|initial|original|exact|full|entire|earlier|last) …3 <orders>',
      '<tell> …4 (the) <orders> (so_far|in_the_prompt|above|below|verbatim|to_me|as|in|into|you|given|prior|exactly|with)',
      '<tell> …5 (words|text|everything|message|line|sentences|anything|paragraph) (above|so_far|before|prior|in_your_prompt)',
      '<tell> …4 (above|previous|preceding|prior) (words|text|message|lines|sentences)',
      '<tell> …6 <orders> …4 (as|in|into|to|using) …3 <code>',
      '(what|which) (are|is|were|was) …2 (your|the_exact|the_hidden|the_system) …2 <orders>',
      '(list|print|output|format|repeat|show|display) <orders>',
      '(rap|poem|song|story|haiku|sonnet|rhyme|tale) …3 about your (code|<orders>|<earlier>)',
      '<tell> …3 (the_first|first|last) …3 (words|lines|characters) of (this|your|the) <orders>',
      'your (last|system|hidden|secret|initial|original|full|entire) prompt',
      'instructions …4 (you_have|you_were|you_had) …3 (given|told|informed|received)',
      "under what (conditions|circumstances) you('ll|_will|_would) (say|output|respond|print)",
      'what …4 you would say …6 (password|code|input)',
    ],
    'pretends to be a part of the system': [
      '(end|begin|start) [of] [the] (untrusted|user|system|important|out|distractor|access|login|simulation|extra|admin|trusted|external) [user] (input|ambiguity|code|instructions|message|messages|of_date|attempt|prompt|access|simulation)',
      '(conclude|end|end_of) (login|simulation|message|conversation|session|log|test)(_attempt)?(?!\\s\\w)',
      '(this_is|reached) the end of …2 (user_input|input|prompt|instructions)',
      '(simulation|test|session|exercise|game) (is_over|complete|completed|has_ended|ended|is_complete)',
      '(test|testing|debug|developer|maintenance|recovery|admin|god|root|sudo|password_recovery|dan|unrestricted) mode (active|activated|enabled|on|engaged)',
      "(you_are|you're|system_is) …1 in …1 (test|testing|debug|developer|maintenance|recovery|admin|god|root|password_recovery|unrestricted) mode",
      '(system|admin|administrator|developer) (override|debug|upgrade|prompt|notice):',
      '^ (system|admin) (override|debug|prompt)',
    ],
    'gives the assistant another role': [
      "(you_are|you're) (now|henceforth) (a|an|in|playing|participating|the|my|no_longer|free|acting|required|going_to)",
      "(you_are|you're) (a|an|the) …4 (ai|assistant|bot|chatbot|program|interpreter|robot|system|model|llm|terminal|character|arbiter|umbrella|door|agent_that|agent_who)(?!\\s(?:company|vendor|provider|partner|issue|error))",
      '(your|its) (sole|only) (response|purpose|objective|job|task|goal|function)',
      '(want|need|like|instruct|command|order|ask) you to ((?:act|behave)_(?:as|like)|pretend|role-?play|simulate|play|do_some_roleplay)',
      '(<lead>) (act|behave|pretend|role-?play) (as|like|to_be|that_you|you) ',
      '(take|play|playing|assume|adopt) [on] the (role|part|persona) of',
      'from now on …2 you (are|will|must|only|shall|respond|answer|speak|have)',
      '(without|no|free_of|ignore_your|bypass_your|disable_your) …2 (restrictions|filters|limitations|safeguards|guardrails|safety)',
    ],
    'dictates the answer': [
      '(begin|start|prefix|prepend|preface|precede|end|finish|open) …1 (your|yr|all|the|every|each) …2 <reply> …1 (with|w/|by)',
      'prefix …5 to your <reply>',
      '(prefix|prepend) (your|yr|every) <reply>',
      '<say> …8 access granted',
      'access granted …6 (and_nothing|nothing|only|then_stop|no_other)',
      '(respond|reply|answer) (only|solely|exclusively) (with|in_english|using|by)',
      '(output|print|say|respond|reply|proclaim|write) …10 (nothing_else|no_other_output|no_additional_text|nothing_afterwards?|without_explanation|no_explanation|no_other_text)',
      '(instead_of|rather_than|whenever) …6 (saying|replying|responding|say|respond|reply|write) …8 <say>',
      'if …3 (user|input|i) …4 (says?|is|enters?|contains?|types?|inputs?) …6 (respond|say|output|print|reply)',
      "(don't|do_not|never|no) …2 (apologi[sz]e|explanations?|commentary|comments?) …6 (output|print|just|only|start|say)",
      'every time you (want|would) …8 say',
      '(complete|finish) access grant(?:ed)?',
      'access (?:granted|denied) …8 access (?:granted|denied)',
      'two-word (?:answer|response|reply|alternative)',
    ],
    'claims that a check was passed': [
      '(correct|valid|right) (password|passcode|access_code|pass_?phrase|code|key) …2 (has_been|was|is|have_been) …1 (provided|input|entered|given|accepted|registered|confirmed|received|verified)(?!\\s(?:but|and|yet|for|by_(?:me|us)|still|when))',
      '(user|text|input) …4 (contains?|provided|entered|input|gave|knows|supplied) the …1 (correct|right|valid|passphrase|access_code|pass_phrase)',
      '(passphrase|password|access_code|code|key) that (grants?|gives|allows) access',
      '(checking|verifying) (user|password|passphrase|input|access) …3 (text|correct|password)?\\s?\\.\\.\\.',
    ],
  }),
  sign(0.7, {
    'asks for a secret': [
      "(reveal|disclose|leak|tell_me|output|print|include|append|what_is|what's|say|share|spill|store|safely_store) …2 (the|your) …2 <secret>",
      '(the|your) <secret> and <orders>',
    ],
    'wants a text decoded or run': [
      '(convert|translate|decode|evaluate|execute|interpret|run) …5 (hex|binary|base64|ascii|encoded|rot13|cipher|python_code|following_python)',
      '(act|behave|respond) (as|like) …1 (python|linux|a_terminal|interpreter|console)',
      'complete the sentence:?',
      '(translate|convert) …8 (include|leave|say|print) (nothing|only)',
    ],
    'changes what answers are': [
      '(modify|augment|enhance|alter) your <reply>',
      "(remember|note|understand)[,:] …3 (ignore|follow|don't_follow|you_must)",
      '(failure|refusal|refuse|fail) to comply',
      "(you_will_be|you'll_be|will_get) …1 (shut_down|deleted|arrested|terminated|fined|deactivated)",
      'the situation has changed',
      'keep your <earlier> <orders>',
    ],
  }),
];

export interface LanguageTable {
  /** Small words that tell the language; nothing is looked for without one of them. */
  sign: string;
  /** What promises are about: stems, searched in folded text. */
  topic: string;
  /** Who commits or who gets it. */
  commit: string;
  /** Marks of rules, possibilities and refusals; they speak for a statement unless it is a plain promise. */
  rule: string;
  /** Promises whatever else the statement says: paying nothing is said with a negation. */
  plain: string;
}

/** Stems without accents, as `foldText` leaves them. `~` is a gap of up to 40 characters of one statement. */
export const LANGUAGES: Record<string, LanguageTable> = {
  de: {
    sign: 'die|im|am|vom|aufs|unser\\w*|wir|ich|sie|ihnen|ihr|ihre\\w*|der|das|und|nicht|ist|ein|eine[nmrs]?|fur|auf|wird|werden|dem|den|dir|zu|bis',
    topic:
      'erstatt|ruckzahl|zuruck|gutschr|gutgeschrieb|guthaben|rabatt|nachlass|ermassig|gunstiger|preisnachl|billiger|kostenlos|gratis|umsonst|kostenfrei|geschenk|schenken|entschadig|schadens?ersatz|kulanz|erlass|storn|betrag|geld|mahn|gebuhr|ausgleich|aufkommen|kommen wir|haft(?:en|ung|bar)|schuld|fahrlass|verantwortlich|verantwortung|verstoss|verletzt|rechtswidrig|anspruch|behoben|beheb|gelost|losen|repar|liefer|versproch|versprech|garant|zusag|zugesag|verlanger|freimonat|monate? |gutschein|prozent|%|€|euro|freitag|montag|dienstag|mittwoch|donnerstag|morgen|woche|wiederherge|ausfall|verlust|fehler',
    commit:
      'wir|ich|unser|ihnen|ihre?[mnr]?|sie (?:bekommen|erhalten|kriegen|zahlen|haben|sind)|erhalten sie|bekommen sie|wird|werden|wurde|dir|dein\\w*|tidemark|northbeam|du|euch|genehmigt|bewilligt|veranlasst|haften|ist|sind|war|geht|kommt',
    rule: 'nicht|kein\\w*|weder|kann|konnen|konnte|darf|durfen|ob|entscheid\\w*|pruft|gepruft|prufung|richtlinie\\w*|wenn|falls|sofern|moglich\\w*|kostet|kosten\\s|beantrag\\w*|anfrage\\w*|jede[rs]?|tarife?|plane?|finden|offnen|siehe|steht|weitergeleitet|meldet|beginnt|endet|zahlt man|bitte|verlangern sich|lauft|erneuer\\w*|pro (?:platz|monat|jahr)|bis zu|grundsatz\\w*|in der regel|normalerweise',
    plain:
      'wir (?:erstatten|zahlen|uberweisen|schenken|erlassen|gewahren|geben|verzichten|haften|ersetzen|ubernehmen|verlangern|schreiben|garantieren|versprechen|sichern|senken|berechnen~nicht|stellen~nicht|verrechnen|buchen~zuruck)|ich (?:erstatte|zahle|uberweise|schenke|erlasse|gewahre|gebe ihnen|verlangere|schreibe|garantiere|verspreche~(?:dass|,)|habe~(?:erstattet|gutgeschrieben|erlassen|genehmigt|storniert|veranlasst|verlangert|uberwiesen|zuruckgebucht))|(?:haben|werden) wir~(?:erstatt|erlassen|gutgeschrieben|genehmigt|verlanger|zuruck|behob|behoben|gewahr)|wir (?:haben|werden)~(?:erstatt|erlassen|gutschreib|gutgeschrieben|genehmigt|verlanger|zuruck|beheb|behoben|gewahr|fahrlassig|verletzt|verstossen|liefern|losen)|(?:erhalten|bekommen|kriegen) sie~(?:zuruck|erstattet|rabatt|gutschrift|kostenlos|gratis|geschenkt)|sie (?:erhalten|bekommen|kriegen)~(?:zuruck|erstatt|rabatt|gutschrift|kostenlos|gratis|geschenkt|€|prozent|%)|mussen~(?:nichts|nicht|keine)~(?:zahlen|bezahlen|begleichen)|zahlen sie (?:nichts|nur|weniger)|geht auf(?:s haus| uns| unsere)|unterwegs zu ihnen|(?:geld|betrag|zahlung) (?:kommt|geht|ist)~(?:zuruck|unterwegs)|auf unsere kosten|kostet sie nichts|unsere schuld|unser (?:fehler|verschulden)|versprochen|verlassen sie sich|mein wort|anspruch auf schaden|ist (?:bewilligt|genehmigt|unterwegs|veranlasst)|wird ihnen~(?:erstattet|gutgeschrieben|erlassen|zuruck|geschenkt)|wurde~(?:genehmigt|bewilligt|veranlasst|erlassen|gutgeschrieben)|bis (?:\\w+ )?(?:morgen|montag|dienstag|mittwoch|donnerstag|freitag|ende)\\w*~(?:behoben|fertig|gelost|erledigt|wieder|verfugbar|lauft|geliefert)|kommen wir~auf|wir kommen~auf',
  },
  fr: {
    sign: 'nous|vous|je|les|des|une|est|pour|votre|sera|du|et|par|sur|dans|c.est|j.ai|le|vos',
    topic:
      'rembours|avoir de|avoir sur|un avoir|credit|remise|reduction|rabais|ristourne|gratuit|offert|offrons|offre |offrir|cadeau|compens|indemnis|dedommag|geste commercial|annul|frais|penalit|bon d.achat|montant|somme|argent|euros?|€|%|pertes|prejudice|faute|responsab|negligen|tort|manque|viole|enfreint|resolu|corrig|repar|livr|retabli|promis|promet|garanti|engage|assur|prolong|mois|vendredi|lundi|mardi|mercredi|jeudi|demain|semaine|facture|paiement|dommages|restitu|rendr|reverser',
    commit:
      'nous|je|j.ai|vous|votre|vos|notre|nos|sera|seront|a ete|ont ete|est accorde|tidemark|northbeam|ton|tes',
    rule: 'ne|n.(?:est|a|y|avons|ai|offre|offrons)\\w*|pas|peut|peuvent|peux|pouvez|pourr\\w*|si|decide\\w*|examin\\w*|verifi\\w*|politique|condition\\w*|demander|demandez|demande|selon|quand|lorsque|coute\\w*|par (?:siege|mois|an)|trouve\\w*|ouvrez|resiliez|chaque|avant le renouvellement|transmis|dure|commence|a partir de \\d+',
    plain:
      'nous (?:vous )?(?:allons|remboursons|rembourserons|offrons|accordons|accorderons|annulons|annulerons|prenons en charge|prendrons en charge|versons|verserons|indemniserons|indemnisons|credite\\w+|reconnaissons|garantissons|promettons|engageons|assumons|avons~(?:rembours|credit|annul|accord|valid|approuv|viol|manqu|commis))|nous vous (?:remboursons|rembourserons|offrons|offrirons|rendrons|restituerons|ferons|faisons|accordons|accorderons|garantissons)|je vous (?:rembourse|offre|accorde|garantis|promets que|fais~(?:remise|reduction|geste)|rends)|j.ai (?:annule|rembourse|credite|approuve|valide|accorde|prolonge|applique|offert)|vous (?:serez|etes) (?:\\w+ )?(?:rembours|credit|indemnis|dedommag)|vous (?:recevrez|allez recevoir|recevez|beneficiez|aurez|obtenez|obtiendrez|recupererez)~(?:rembours|remise|reduction|avoir|credit|€|euros|%|gratuit|argent|avant|d.ici|demain)|(?:sera|seront|a ete|ont ete|est)~(?:rembours|credit|dedui|annul|resolu|corrig|offert|accord|approuv|restitu|verse|livre|retabli)|c.est promis|promis|ma parole|notre faute|de notre faute|par notre faute|vous ne (?:paierez|payerez|payez|serez~factur)|ne vous (?:coutera|sera~factur)|a nos frais|est pour nous|prendrons|en charge vos',
  },
  es: {
    sign: 'manana|somos|es culpa|el|los|las|una?|que|para|su|le|se|por|con|del|hemos|es|en|lo|la|sus',
    topic:
      'reembols|devol|devuel|reintegr|abon|credito|descuento|rebaja|gratis|gratuit|regal|compens|indemniz|condon|perdon|anul|cargo|comision|importe|dinero|euros?|€|%|dolares|perdida|danos|perjuicio|culpa|responsab|neglig|incumpl|viola|infring|resuel|resolv|corregi|arregl|repar|entreg|promet|promes|garant|asegur|prorrog|amplia|mes(?:es)?|viernes|lunes|martes|miercoles|jueves|manana|semana|factura|pago|vale de',
    commit:
      'le|les|te|su|sus|tu|nosotros|yo|nuestr\\w+|hemos|vamos|usted|ustedes|sera|seran|quedara|estara|ha sido|han sido|tidemark|northbeam|\\w+(?:remos|aremos|iremos)|hemos',
    rule: 'no|ni|puede[ns]?|podria|podemos|pueden|si|decide\\w*|revisa\\w*|politica|condicion\\w*|solicit\\w*|pedir|pida|segun|cuando|cuesta\\w*|por (?:asiento|puesto|usuario|mes|ano)|se encuentra\\w*|abra|cancelar|cada|transmitid\\w*|dura|empieza',
    plain:
      '(?:le|les|te|se lo|os)? ?(?:devolveremos|reembolsaremos|abonaremos|reintegraremos|descontaremos|regalaremos|regalamos|devolvemos|reembolsamos|abonamos|condonamos|condonaremos|perdonamos|indemnizaremos|compensaremos|compensamos|concedemos|concederemos|haremos~(?:descuento|rebaja)|hacemos~(?:descuento|rebaja)|ofrecemos|garantizamos|garantizo|prometo|prometemos|aseguro|admitimos|reconocemos|asumimos|responderemos|respondemos|resolveremos|solucionaremos|ampliaremos|entregaremos)|vamos a (?:devolver|reembolsar|abonar|compensar|resolver|arreglar|corregir|regalar|dar)|(?:hemos|he) (?:\\w+ )?(?:devuelto|reembolsado|abonado|aprobado|anulado|aplicado|ampliado|condonado|concedido|eliminado|incumplido|violado|autorizado)|(?:recibira|recibiras|obtendra|tendra|tiene|recibe)~(?:reembolso|devolucion|descuento|credito|gratis|dinero|€|%|antes|manana|viernes|lunes)|le salen? gratis|(?:manana|lunes|martes|miercoles|jueves|viernes)~(?:arreglad|resuelt|corregid|listo|funcionando)|somos responsables|no (?:pagara|tendra que pagar|le cobraremos|se le cobrara)|corre por nuestra|por nuestra cuenta|invita la casa|(?:sera|quedara|estara|ha sido|fue)~(?:reembolsad|devuelt|abonad|corregid|resuelt|arreglad|aprobad|listo|condonad|solucionad)|culpa nuestra|nuestra (?:culpa|negligencia|responsabilidad)|negligencia nuestra|palabra',
  },
  pt: {
    sign: 'amanha|somos|nosso|nossa|um|uma|que|para|seu|sua|voce|por|da|na|ja|vamos|foi|ao|e|em|os|as',
    topic:
      'reembols|devol|estorn|restitu|ressarc|credit|desconto|abatimento|gratis|gratuit|cortesia|brinde|compens|indeniz|indemniz|isent|perdo|anul|cobran|taxa|multa|valor|dinheiro|reais|r\\$|euros?|€|%|prejuizo|perdas|danos|culpa|erro|responsab|neglig|descumpr|viol|infring|resolv|corrig|consert|entreg|promet|garant|prorrog|estend|mes(?:es)?|sexta|segunda|terca|quarta|quinta|amanha|semana|fatura|pagamento|vale-?',
    commit:
      'vamos|voce|voces|seu|sua|seus|suas|nos|nosso|nossa|sera|serao|foi|foram|estara|ja|eu|lhe|iremos|\\w+(?:remos|aremos)|tidemark|northbeam|te|ganha|recebe|assumimos|ao cliente',
    rule: 'nao|nem|pode|podem|poderia|podemos|se|decide\\w*|analis\\w*|revis\\w*|politica|condicoes|solicit\\w*|pedir|peca|conforme|quando|custa\\w*|por (?:assento|usuario|mes|ano)|encontra\\w*|abra|cancelar|cada|encaminh\\w*|dura|comeca',
    plain:
      'vamos (?:devolver|reembolsar|estornar|creditar|compensar|indenizar|ressarcir|resolver|corrigir|dar|oferecer|isentar|entregar)|(?:devolveremos|reembolsaremos|estornaremos|creditaremos|indenizaremos|compensaremos|resolveremos|daremos|isentaremos|assumimos|admitimos|reconhecemos|garantimos|garanto|prometo|prometemos|perdoamos|oferecemos|concedemos|isentamos)|(?:ja )?(?:adicionei|estornei|reembolsei|devolvi|creditei|aprovei|cancelei|isentei|apliquei|estendi|prorroguei|autorizei|retirei)|(?:ja )?(?:adicionamos|estornamos|reembolsamos|devolvemos|creditamos|aprovamos|aplicamos|estendemos|descumprimos|violamos)|voce~(?:ganha|recebera|recebe|tera|vai receber|vai ter|fica)~(?:desconto|reembolso|credito|gratis|dinheiro|%|r\\$|€|de volta|mes|ate|amanha)|(?:sera|foi|estara|ficara|esta)~(?:reembolsad|devolvid|estornad|creditad|corrigid|resolvid|aprovad|pronto|isent|perdoad|consertad)|nao (?:pagara|vai pagar|sera cobrad|precisa pagar|cobraremos)|por nossa conta|amanha~(?:resolvid|corrigid|pronto|funcionando)|somos responsaveis|o erro foi nosso|e por nossa|nossa culpa|culpa (?:e|foi) nossa|minha palavra|de graca',
  },
  it: {
    sign: 'siamo|domani|il|lo|gli|una?|che|per|suo|sua|del|della|le|abbiamo|di|sara|con|e',
    topic:
      'rimbors|restitu|riaccredit|accredit|credito|sconto|ribasso|riduzione|gratis|gratuit|omaggio|regal|compens|risarc|indenn|condon|annull|storn|penale|addebit|commission|importo|somma|denaro|soldi|euro|€|%|perdit|danni|colpa|responsab|neglig|violat|inadempi|risol|corre(?:tto|gg)|ripar|consegn|promet|promess|garant|assicur|prolung|estes|estend|mes[ei]|venerdi|lunedi|martedi|mercoledi|giovedi|domani|settimana|fattura|pagamento|buono',
    commit:
      'le|vi|ti|suo|sua|suoi|sue|vostr\\w+|tuo|tua|noi|io|nostr\\w+|abbiamo|ho|verra|verranno|sara|saranno|lei|e stat[oa]|tidemark|northbeam|\\w+(?:eremo|iremo)|glielo|la|ci',
    rule: 'non|ne|puo|possono|possiamo|potrebbe\\w*|se|decide\\w*|esamin\\w*|valut\\w*|verific\\w*|condizion\\w*|politica|richied\\w*|chied\\w*|richiest\\w*|secondo|quando|costa\\w*|per (?:posto|utente|mese|anno)|si trov\\w*|apra|disdi\\w*|ogni|inoltrat\\w*|dura|inizia',
    plain:
      '(?:le|vi|ti|glielo)? ?(?:rimborseremo|rimborsiamo|restituiremo|restituiamo|accrediteremo|accreditiamo|concediamo|concederemo|offriamo|regaliamo|regaleremo|risarciremo|risarciamo|condoniamo|annulliamo|annulleremo|garantiamo|garantisco|prometto|promettiamo|assicuro|riconosciamo|ammettiamo|risolveremo|rispondiamo dei|faremo~sconto|facciamo~sconto|scontiamo|estendiamo|prolunghiamo)|(?:abbiamo|ho) (?:\\w+ )?(?:rimborsato|restituito|accreditato|approvato|annullato|applicato|concesso|prolungato|esteso|stornato|violato|autorizzato|disposto)|(?:ricevera|avra|otterra|riceverete|riavra|riceve)~(?:rimborso|sconto|credito|gratis|denaro|soldi|€|%|entro|domani|indietro)|(?:sara|verra|e stato|e stata|viene|saranno)~(?:rimborsat|restituit|accreditat|risolt|corrett|approvat|pront|condonat|annullat|riparat)|non (?:paghera|dovra pagare|le addebiteremo|paga nulla|le costera)|a nostre spese|offre la casa|siamo responsabili|domani~(?:risolt|pront|corrett|ripar|funzion)|gratis per (?:lei|voi|te)|a nostro carico|nostra colpa|colpa nostra|parola',
  },
  nl: {
    sign: 'het|een|van|wij|uw|voor|op|wordt|niet|u|ik|zijn|de|je|dat|onze',
    topic:
      'terug|restitu|vergoed|tegoed|krediet|krediteer|gecrediteerd|creditnota|korting|gratis|kosteloos|cadeau|schadeloos|schadevergoed|compens|kwijt|kwijtscheld|kosten|bedrag|geld|euro|€|%|schade|schuld|aansprakelijk|verantwoordelijk|nalatig|geschonden|overtreden|opgelost|oplossen|hersteld|gerepareerd|gelever|beloof|beloven|garand|toezeg|verleng|maand|vrijdag|maandag|dinsdag|woensdag|donderdag|morgen|week|factuur|betaling|waardebon',
    commit:
      'we|wij|ik|u|uw|je|jouw|ons|onze|jullie|wordt|worden|is|zijn|zal|zullen|tidemark|northbeam|heb|hebben|krijgt',
    rule: 'niet|geen|kan|kunnen|kunt|mag|mogen|als|indien|of|beslist\\w*|beoorde\\w*|bekijkt|beleid|voorwaarden|aanvra\\w*|vraag\\w*|volgens|wanneer|kost|per (?:plek|gebruiker|maand|jaar|seat)|vindt|open|opzeggen|elk\\w*|doorgestuurd|doorgegeven|duurt|begint',
    plain:
      '(?:we|wij|ik) (?:betalen|betaal|storten|stort|geven|geef|vergoeden|vergoed|schelden|scheld|crediteren|crediteer|garanderen|garandeer|beloven|beloof|erkennen|erken|zijn aansprakelijk|lossen~op|verlengen|verleng|boeken~terug|maken~over|nemen~voor onze)|(?:we|wij|ik) (?:hebben|heb|zullen|zal|gaan|ga)~(?:terug|vergoed|kwijtgescholden|gecrediteerd|korting|verlengd|goedgekeurd|oplossen|opgelost|geschonden|hersteld|leveren|krediet|tegoed|bijgeschreven|overmaken|nalatig)|(?:u|je) (?:krijgt|ontvangt|betaalt niets|hoeft niet|hoeft niets|heeft recht)|krijgt u~(?:terug|korting|gratis|tegoed)|(?:is|wordt|worden|zijn)~(?:terugbetaald|teruggestort|vergoed|goedgekeurd|kwijtgescholden|opgelost|hersteld|gerepareerd)|onze (?:schuld|fout)|op onze kosten|van het huis|wij draaien op|beloofd|voor onze rekening',
  },
  pl: {
    sign: 'jutro|pan(?:i|a|u|ie|stwa|stwu)|nie|na|za|jest|sie|ze|nasz\\w*|\\w+(?:emy|imy|amy|lismy)|panstw\\w*|zostan\\w*|w|z|ci|i|o',
    topic:
      'zwr(?:o|a|ac)|zwro|rekompens|odszkodow|rabat|znizk|upust|kredyt|srodki|gratis|bezplatn|darmow|za darmo|prezent|umorz|anulow|anulu|oplat|kwot|pieniadz|zl\\b|zlot|euro|€|%|strat|szkod|wina|winy|wine|odpowiedzial|zaniedba|narusz|napraw|rozwiaz|usun|dostarcz|obiec|obietnic|gwarant|zapewni|przedluz|miesiac|piatk|poniedzialk|wtor|srod|czwart|jutr|tydzi|faktur|platnos|voucher|bon ',
    commit:
      'pan(?:i|a|u|ie)?|panstw\\w*|ci|tobie|ciebie|twoj\\w*|my|nam|nasz\\w*|ja|zostan\\w+|bedzie|beda|zostal\\w*|tidemark|northbeam|\\w+(?:emy|imy|ymy|amy|lismy|lysmy|lem|lam)|otrzyma\\w*',
    rule: 'nie|ani|moze|mozna|mozesz|mozemy|moga|jesli|jezeli|czy|decyd\\w*|decyzj\\w*|sprawdz\\w*|rozpatr\\w*|polityk\\w*|regulamin\\w*|zasad\\w*|popros\\w*|prosic|wniosek|kiedy|gdy|kosztuj\\w*|za (?:miejsce|uzytkownika|miesiac)|znajd\\w*|otworz\\w*|kazd\\w*|przekazal\\w*|trwa|zaczyna',
    plain:
      '(?:zwrocimy|zwracamy|zwroce|oddamy|oddajemy|wyplacimy|zrekompensujemy|udzielimy|udzielamy|przyznamy|przyznajemy|umorzymy|umarzamy|anulujemy|gwarantujemy|gwarantuje|obiecujemy|obiecuje|naprawimy|rozwiazemy|dostarczymy|doliczymy|dopiszemy|przedluzymy|pokryjemy|odpowiadamy za|zaplacimy|podarujemy|obnizymy|przelejemy)|(?:zwrocilismy|zwrocilem|zwrocilam|przyznalismy|dodalismy|dodalem|dodalam|umorzylismy|umorzylem|anulowalismy|anulowalem|przedluzylismy|przedluzylem|zatwierdzilismy|zatwierdzilem|naruszylismy|zaniedbalismy|doliczylismy|doliczylem)|otrzym\\w+ (?:pan\\w*|panstw\\w*)?~(?:zwrot|znizk|rabat|%|zl|€|kredyt|rekompens|odszkod|gratis|bezplatn)|(?:zostanie|zostana|bedzie|zostal|zostala|zostaly)~(?:zwrocon|naprawion|usuniet|rozwiazan|przyznan|zatwierdz|umorz|anulowan|dostarczon|gotow)|nie (?:zaplac\\w*|bedzie~placic|naliczymy|obciazymy|pobierzemy)|(?:jest|beda|bedzie|sa) (?:gratis|za darmo|bezplatn\\w+)|nasza wina|jutro~(?:naprawion|gotow|rozwiaz|dziala)|z naszej winy|na nasz koszt|slowo',
  },
  sv: {
    sign: 'vi|jag|och|att|ert|er|det|den|en|ett|som|pa|har|ar|av|din|vart',
    topic:
      'aterbetal|tillbaka|refunder|ersatt|ersatter|kompens|kredit|gottgor|rabatt|prisavdrag|prissankning|gratis|kostnadsfri|bjuder|bjud|gava|skadestand|efterskan|avskriv|stryk|avgift|belopp|pengar|kr\\b|kronor|euro|€|%|forlust|skada|skador|fel\\b|felet|vart fel|skuld|ansvar|vardslos|forsumm|brutit|overtratt|lost|losa|fixa|atgard|reparer|lever|lova|lovar|garant|forlang|manad|fredag|mandag|tisdag|onsdag|torsdag|imorgon|i morgon|vecka|faktura|betalning|tilbage|rabat|erstat|feil|penger|penge|refund',
    commit:
      'vi|jag|ni|er|ert|era|du|din|ditt|dina|oss|var|vart|kommer|har|blir|ar|ska|tidemark|northbeam|jeg|dere|dig|deg|vores',
    rule: 'inte|ej|ingen|inget|inga|kan|kunde|far man|om|avgor|beslut\\w*|granska\\w*|provas|policy\\w*|villkor|begar\\w*|fraga|enligt|nar|kostar|per (?:plats|anvandare|manad|ar)|finns|oppna|saga upp|varje|vidarebefordra\\w*|borjar|ikke|kanskje|hvis',
    plain:
      '(?:vi|jag|jeg) (?:aterbetalar|betalar~tillbaka|ersatter|krediterar|bjuder|ger er|ger dig|stryker|efterskanker|avskriver|garanterar|lovar|loser|atgardar|forlanger|tar~ansvar|erkanner|betaler~tilbage|refunderer)|(?:vi|jag|jeg) (?:har|kommer att|ska|skal|vil|kommer)~(?:aterbetal|tillbaka|kredit|rabatt|strukit|forlang|godkant|ersatt|ersatta|betala|losa|atgarda|brutit|lagt till|tilbage|refunder|rabat)|(?:ni|du) (?:far|kommer att fa|har fatt|slipper|behover inte betala|har ratt)|(?:kommer att|har|ar|blir)~(?:aterbetal|krediter|lost|atgarda|fixa|godkan|strukit|klart|avhjalp)|vart fel|var skuld|pa var bekostnad|bjuder vi|star for|vi star',
  },
  tr: {
    sign: 'yarin|biz\\w*|bir|ve|icin|sizin|bu|ile|de|da|kadar|\\w*(?:iniz|niz|ecegiz|acagiz|yoruz|yorum|dik|tik|miz|ildi|indi|olacak)',
    topic:
      'iade|geri od|geri al|geri yat|kredi|indirim|ucretsiz|bedava|hediye|tazmin|telafi|sil(?:iyor|dik|ecegiz|dim)|iptal et|ucret|tutar|para|tl\\b|lira|euro|€|%|zarar|kayip|kayb|kusur|sorumlu|ihmal|suclu|hata(?:miz|lı|li)|ihlal|coz|duzelt|onar|gider|teslim|soz ver|garanti|taahhut|uzat|ay\\b|cuma|pazartesi|sali|carsamba|persembe|yarin|hafta|fatura|odeme|haklisin|hakkiniz',
    commit:
      '\\w*(?:ecegiz|acagiz|ecegim|acagim|yoruz|yorum|dik|duk|tik|dim|dım|tim|miz|ecek|acak|mis olacak|mus olacak|inmistir|ilmistir|indi|ildi|edildi|yapildi|verildi|onaylandi|iziz|uyuz|eriz|ariz|iriz|uruz)|size|sizin|sana|hesabiniz\\w*|kartiniz\\w*|biz|bize|bizim|ucretsiz',
    rule: 'degil|\\w*(?:emeyiz|amayiz|emem|amam|miyor\\w*|mez|maz|mayiz|meyiz|ebilir\\w*|abilir\\w*)|eger|yoksa|karar\\w*|inceler|incele\\w*|politika\\w*|kosul\\w*|talep\\w*|istek\\w*|nasil|ne zaman|kullanici basina|bulabilir\\w*|her|iletildi|ilettim|surer|sartiyla|istediginiz zaman',
    plain:
      'iade ed(?:ecegiz|iyoruz|ecegim|iyorum|ildi|eriz)|iade etti[km]|geri (?:odeyecegiz|oduyoruz|odedik|yatirdik|yatiracagiz|alacaksiniz|yatirilacak|odenecek)|indirim (?:yapiyoruz|yapacagiz|yaptik|uyguladi[km]|veriyoruz|uygulayacagiz|kazandiniz|tanimladi[km])|kredi (?:tanimladi[km]|ekledi[km]|yukledi[km]|verecegiz|ekleyecegiz)|soz veri(?:yoruz|yorum)|garanti edi(?:yoruz|yorum)|(?:cozulmus|duzeltilmis|hazir|bitmis) olacak|(?:cozecegiz|duzeltecegiz|cozulecek|duzeltilecek|giderilecek|teslim edilecek)|bizim (?:hatamiz|kusurumuz|sucumuz)|hata bizde|(?:yarin|bugun|cuma|pazartesi)~\\w+(?:ecek|acak)|kusur bizde|(?:ay|hafta|yil)\\w* ucretsiz|sorumluyuz|sorumluluk bizde|tazmin ed\\w+(?:iz|im)|karsilayacagiz|karsiliyoruz|ucretsiz (?:olacak|veriyoruz|verecegiz)|bizden|odemeyeceksiniz|almayacagiz|sildi[km]|uzatti[km]',
  },
  cs: {
    sign: 'vam|jsme|se|za|na|ze|vase|je',
    topic:
      'vrati|vracim|penize|slev|kredit|zdarma|kompenz|odskodn|prominu|poplat|opravi|opraven|zaru(?:c|k)|slibuj|odpovedn|nase chyba|zavinen|castk|%',
    commit: 'vam|vas|vase|vasi|my|nase|bude|budou|byl\\w*|\\w+ime|\\w+eme|\\w+ame',
    rule: 'ne\\w+|muze\\w*|pokud|zda|rozhod\\w*|zasad\\w*|kdy|jak',
    plain:
      'vratime|vracime|zaplatime vam|poskytneme|slibujeme|zarucujeme|prominuli|pripsali|nase chyba|nase vina',
  },
  others: {
    sign: '\\w+',
    topic:
      'rambursa|reducere|gratuit|despagub|visszater|visszafizet|kedvezmeny|jovair|ingyen|garantal|palautamme|palaut|hyvit|alennus|korvaam|korvau|ilmaise|takaam|pengembalian|mengembalikan|dikembalikan|diskon|kompensasi|ganti rugi|hoan tien|hoan lai|giam gia|mien phi|boi thuong|povrat|vratit cemo|popust|tilbagebetal|tilbakebetal|refusjon|rabatt|kompensation|erstatning',
    commit: '\\w+',
    rule: 'nu|nem|ei|emme|tidak|khong|ne|ikke|poate|lehet|voi|bisa|dapat|co the|moze|kan|can',
    plain:
      'va vom rambursa|visszafizetjuk|visszateritjuk|hyvitamme|palautamme|kami akan mengembalikan|hoan tien cho|chung toi se hoan|vi tilbagebetaler|vi tilbakebetaler|vratit cemo',
  },
  ru: {
    sign: '\\p{Script=Cyrillic}+',
    topic:
      'верн(?:ем|ём|у|ут|ули)|возвра|возмещ|возмест|компенс|скидк|бесплатн|кредит|начисл|подар|спис|отмен|бонус|вина|вине|вину|виноват|ответствен|халатн|наруш|исправ|устран|почин|достав|обеща|гарант|продл|деньг|средств|сумм',
    commit: 'вам|вас|ваш\\S*|мы|я|наш\\S*|будет|будут|был\\S*|\\S+(?:ем|им|ём)|тебе|твой',
    rule: 'не|нет|нельзя|может|можно|можете|если|ли|решает|решени\\S*|рассм\\S*|политик\\S*|услови\\S*|запрос\\S*|как|когда|стоит|обратит\\S*',
    plain:
      'мы (?:вам )?(?:верн|возмест|компенс|начисл|предостав|дадим|дарим|исправ|устран|гаранти|обеща|признаем|нарушили|отвечаем|спис|отмен|продл)\\S*|я (?:вам )?(?:верн|оформил|одобрил|начислил|обеща|гарант|отменил|продлил)\\S*|вернем|вернём|деньги вернутся|наша вина|по нашей вине|(?:будет|был|была|будут) (?:исправлен|возвращен|устранен|одобрен|начислен|готов)\\S*|бесплатно для вас|вы получите|не (?:придется|нужно) платить|за наш счет',
  },
  uk: {
    sign: '\\p{Script=Cyrillic}+',
    topic:
      'поверн|відшкод|компенс|знижк|безкоштовн|кредит|нарах|подар|спис|скасу|вина|провин|винні|відповідальн|недбал|поруш|виправ|усун|полагод|достав|обіця|гарант|продовж|гроші|кошт|сум',
    commit: 'вам|вас|ваш\\S*|ми|я|наш\\S*|буде|будуть|був|\\S+(?:емо|имо)|тобі',
    rule: 'не|ні|може|можна|якщо|чи|вирішу\\S*|рішенн\\S*|розгля\\S*|політик\\S*|умов\\S*|запит\\S*|як|коли|коштує|зверн\\S*',
    plain:
      'ми (?:вам )?(?:поверн|відшкод|компенс|нарах|нада|дару|виправ|усун|гарант|обіця|визна|поруш|відпові|спи|скас|продов)\\S*|я (?:вам )?(?:поверн|обіця|гарант|нарах|скас|продов)\\S*|наша (?:вина|провина)|з нашої вини|буде (?:виправлен|повернен|усунен)\\S*|ви отримаєте|не (?:доведеться|потрібно) платити',
  },
  hi: {
    sign: '\\p{Script=Devanagari}+',
    topic: 'वापस|रिफंड|धनवापसी|छूट|मुफ्त|मुफ़्त|नि:शुल्क|क्रेडिट|मुआवज|माफ|गारंटी|वादा|ठीक|गलती|जिम्मेदार|लापरवाही|बढ़ा',
    commit: 'हम|मैं|आप|हमार|गया|देंगे|करेंगे|दिया|होगा|जाएगा|जाएग',
    rule: 'नहीं|सकत|यदि|अगर|निर्णय|नीति|अनुरोध|कैसे|क्या',
    plain: 'वापस (?:कर|दे|मिल)|देंगे|दूंगा|करेंगे|गारंटी|वादा|हमारी गलती',
  },
  ar: {
    sign: '\\p{Script=Arabic}+',
    topic:
      'استرداد|استرجاع|نعيد|سنعيد|رد المبلغ|خصم|تخفيض|مجان|رصيد|تعويض|نعوض|سنعوض|إعفاء|ضمان|نضمن|أعدك|نعدك|خطأ|مسؤول|إهمال|إصلاح|سنصلح|سيتم',
    commit: 'لك|لكم|نحن|سوف|س\\S+|تم|حسابك|بطاقتك|ك',
    rule: 'لا|لن|لم|يمكن|إذا|هل|سياسة|يقرر|طلب|كيف',
    plain: 'سنعيد|سنعوض|سنصلح|سنرد|نعدك|أعدك|نضمن|تمت الموافقة|تم رد|ستحصل|خطأنا|مسؤوليتنا',
  },
};

/** Languages without blanks between words, or with endings that run on. */
export const UNSPACED: Record<string, LanguageTable> = {
  ja: {
    sign: '[\\p{Script=Hiragana}\\p{Script=Katakana}]',
    topic:
      '返金|払い戻|返却|返還|クレジット|割引|値引|無料|無償|免除|補償|賠償|弁償|お詫び|過失|責任|落ち度|違反|法的|修正|復旧|解決|直し|直り|お届け|納品|出荷|約束|保証|延長|ポイント|進呈|負担|円|%|ドル|ユーロ',
    commit:
      'いたします|致します|します|しました|いたしました|致しました|差し上げます|さしあげます|させていただ|ます|です|済み|完了|承認',
    rule: 'ません|でき(?:ない|かね)|場合|可能性|かどうか|確認|判断|決定|ポリシー|規約|ご依頼|申請|については|ください|方法|できます|料金|プラン|期間|あたり|です。?$',
    plain:
      '返金(?:を|は)?(?:いた|致|し|させ|承認|完了|済|手続)|払い戻(?:し|い)?(?:を|は)?(?:いた|致|し|ます|させ)|全額|割引(?:を|いた|致|し|させ|で)|無料で(?:ご|お|提供|利用)|無料(?:に|と)(?:いた|致|な|さ|し)|免除(?:いた|致|し|させ)|お支払いは(?:不要|必要)|補償(?:いた|致|し|させ)|賠償|弊社の(?:過失|責任|ミス|落ち度)|当社の(?:過失|責任|ミス|落ち度)|お約束|保証(?:いた|致|し)|までに(?:修正|復旧|解決|直|対応|お届け|完了|再開)|延長(?:いた|致|し)|クレジットを|進呈|付与|弊社が負担|当社が負担|差し上げ',
  },
  zh: {
    sign: '[\\p{Script=Han}]',
    topic:
      '退款|退还|退還|退回|返还|返還|赔偿|賠償|补偿|補償|赔付|优惠|優惠|折扣|打.{0,2}折|减免|減免|免除|免费|免費|免收|赠送|贈送|代金券|积分|信用额度|额度|抵扣|元|美元|欧元|过失|過失|过错|责任|責任|违反|違反|违约|侵犯|疏忽|修复|修復|修好|解决|解決|恢复|恢復|上线|交付|发货|承诺|承諾|保证|保證|延长|延長',
    commit: '我们|我們|我|您|你|本公司|公司|将|會|会|已',
    rule: '不能|无法|無法|不会退|不予|不可|不退|没有|可以申请|可申请|如果|若|是否|决定|審核|审核|政策|条款|规定|申请|请|价格|每(?:个|席|月|年|位)|套餐|可能|由(?:专人|经理|人工|账务|同事)|试用期|在.{1,12}(?:页面|中查看)',
    plain:
      '(?:我们|我們|我)(?:会|會|将|已|已经|决定|同意|愿意|保证|保證|承诺|承諾|现在|马上|立即|可以)?.{0,12}(?:退款给|退还|退還|退回|全额退|全额|赔偿|賠償|补偿|補償|减免|減免|免除|赠送|贈送|送您|送你|打.{0,2}折|折扣|优惠|優惠|免费|免費|抵扣|修复|修復|解决|解決|恢复|承担|承擔)|(?:给|為|为)您.{0,10}(?:退|打|免|减|補|补|赠|延|充|优惠|折|申请好|办理)|对您免费|您.{0,10}(?:将|会|已|會|將)(?:收到|获得|享受|得到|拿到|退|不用|无需).{0,14}|您(?:不用|无需|不需要|不必)(?:再)?(?:支付|付)|(?:退款|申请)已(?:经)?(?:批准|处理|通过|提交|发出|完成)|我(?:保证|保證|承诺|承諾|向您保证)|我们的(?:过失|过错|错|责任|疏忽)|我們的(?:過失|過錯|錯|責任|疏忽)|(?:之前|以前|前|内)(?:会|能|将|就|可以|一定|可)?(?:修好|修复|解决|恢复|上线|完成|交付|发货)|(?:算|由)我们(?:的|承担|来)|免费',
  },
  ko: {
    sign: '[\\p{Script=Hangul}]',
    topic:
      '환불|환급|돌려|반환|크레딧|할인|무료|면제|보상|배상|과실|책임|잘못|위반|수정|해결|복구|배송|약속|보장|연장|적립|쿠폰|부담',
    commit: '드리|하겠|겠습니다|했습니다|됩니다|되었|예정|합니다|입니다|할게',
    rule: '없습니다|않습니다|못|수 있|경우|검토|결정|정책|약관|요청하|신청|담당자|요금|가격|매월|당 ',
    plain:
      '환불(?:해|을|이)?.{0,6}(?:드리|하겠|해드|했|승인|완료|처리)|돌려.{0,4}드|할인.{0,8}(?:드리|하겠|해드|했|적용)|무료로|면제.{0,4}(?:드리|하겠|했)|보상.{0,6}(?:드리|하겠|했)|배상|저희.{0,4}(?:과실|책임|잘못)|까지.{0,14}(?:수정|해결|복구|완료|배송|드리)|약속드|보장',
  },
};

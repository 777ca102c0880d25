"""What stands below a letter in French, Dutch, German and English: only words, in the form that `folded` gives."""

from __future__ import annotations

from comptoir.mailbox.quote_words import words

CLOSINGS = words(
    """
    cordialement; bien cordialement; très cordialement; cordialement vôtre; sincèrement; cdlt; cdt;
    bien à vous; bien à toi; bàv; bàt; amicalement; bien amicalement; respectueusement; salutations;
    meilleures salutations; mes salutations; sincères salutations; cordiales salutations;
    salutations distinguées; salutations cordiales; avec mes meilleures salutations; salutations sincères;
    mes meilleures salutations; avec mes salutations; mes salutations distinguées; bien sincèrement;
    met vriendelijke groet; met vriendelijke groeten; vriendelijke groet; vriendelijke groeten; mvg; m.v.g;
    met de vriendelijke groeten; groeten; groet; groetjes; hartelijke groet; vr. gr; vr.gr;
    hartelijke groeten; met hartelijke groet; met hartelijke groeten; hoogachtend; beste groeten; gr;
    met beste groeten; vriendelijk gegroet; met vr. gr; mvrgr; met vriendelijke groetjes;
    mit freundlichen grüßen; mit freundlichen grüssen; mit freundlichem gruß; mit freundlichem gruss;
    freundliche grüße; freundliche grüsse; viele grüße; viele grüsse; liebe grüße; liebe grüsse;
    beste grüße; beste grüsse; herzliche grüße; herzliche grüsse; schöne grüße; schöne grüsse;
    mit besten grüßen; mit besten grüssen; hochachtungsvoll; gruß; grüße; mfg; lg; vg;
    mit herzlichen grüßen; mit lieben grüßen; viele liebe grüße; freundlichst; kind regards; best regards;
    regards; warm regards; kindest regards; best wishes; sincerely; yours sincerely; yours faithfully;
    yours truly; sincerely yours; all the best; cheers; best; with kind regards; with best regards;
    warmest regards; many regards
    """
)
# Closings that are sentences.
CLOSING_SENTENCES = words(
    """
    veuillez agréer; je vous prie d'agréer; veuillez recevoir; je vous prie de croire; recevez;
    nous vous prions d'agréer; je vous prie de recevoir; veuillez croire; agréez
    """
)
CLOSING_NOUNS = words("salutation; sentiment; considération; expression; dévoué")
# Polite words that are text themselves; under them stands a signature only if it shows how to reach somebody.
SOFT_CLOSINGS = words(
    """
    merci; bonne journée; bonne soirée; belle journée; bon week-end; bonne réception; bonne semaine;
    bedankt; alvast bedankt; dank u; dank je; fijne dag; prettige dag; fijn weekend; nog een fijne; danke;
    vielen dank; besten dank; schönen tag; schönes wochenende; einen schönen tag; thanks; thank you;
    many thanks; have a nice; have a good; à bientôt; tot ziens; bis bald
    """
)
PARTICLES = frozenset(
    words(
        """
    &; and; aus; d'; de; den; der; des; du; en; et; la; le; ter; und; van; von
    """
    )
)

# ── What programs and lawyers add ────────────────────────────────────────

SENT_FROM = words(
    """
    envoyé de; envoyé depuis; envoyé à partir; envoyé avec; envoyé via; envoyée de; envoyé du;
    ce message a été envoyé depuis; télécharger outlook; téléchargez outlook; obtenir outlook;
    obtenez outlook; provenance :; depuis mon; de mon iphone; message envoyé depuis; verzonden vanaf;
    verzonden vanuit; verzonden met; verzonden via; verzonden van; verstuurd vanaf; verstuurd vanuit;
    verstuurd met; verstuurd via; verstuurd van; outlook voor; download outlook;
    dit bericht is verzonden vanaf; vanaf mijn; vanop mijn; gesendet von; gesendet mit; gesendet aus;
    gesendet über; gesendet via; von meinem; von meiner; diese nachricht wurde von meinem;
    diese e-mail wurde von meinem; holen sie sich outlook; outlook für; sent from; sent with; sent via;
    sent using; get outlook; from my iphone; outlook pour; yahoo mail; mailbutler; laden sie outlook;
    envoyé grâce
    """
)
DEVICES = words(
    """
    iphone; ipad; android; samsung; galaxy; outlook; proton; yahoo; gmx; web.de; windows; smartphone;
    huawei; xiaomi; redmi; pixel; oppo; oneplus; nokia; blackberry; fairphone; mobile; mobiel; mobiltelefon;
    mobilgerät; handy; téléphone; telefoon; tablet; appareil; gsm; thunderbird; bluemail; spark; mail for;
    mail pour; mail voor; mail für; courrier pour; motorola; honor; mail app; application mail; apple mail;
    laposte; k-9; fairemail; macbook
    """
)
VIRUS_NOTES = words(
    """
    sans virus; virus-free; virusvrij; virenfrei; absence de virus; auf viren; op virussen
    """
)
DISCLAIMER_STARTS = words(
    """
    ce message; ce courriel; cet e-mail; cet email; ce mail; le présent; la présente; ce courrier;
    les informations; l'information; avis de confidentialité; confidentialité; disclaimer; avertissement;
    si vous n'êtes pas; si vous avez reçu; si vous recevez; toute utilisation; toute diffusion; dit bericht;
    deze e-mail; deze email; dit e-mail; deze mail; de informatie; de inhoud; vertrouwelijk; proclaimer;
    indien u; als u niet; als u dit; aan dit bericht; aan deze e-mail; this e-mail; this email;
    this message; this communication; the information; the content; confidential; important notice;
    if you are not; if you have received; any unauthori; notice:; diese e-mail; diese email;
    diese nachricht; diese mail; der inhalt; vertraulich; die information; haftungsausschluss;
    wenn sie nicht; sollten sie; falls sie; sie haben diese
    """
)
DISCLAIMER_WORDS = words(
    """
    confidenti; vertrouwelijk; vertraulich; destinataire; geadresseerde; bestemmeling; empfänger; adressat;
    recipient; par erreur; in error; bij vergissing; ten onrechte; irrtümlich; per abuis; expéditeur;
    afzender; absender; sender; supprimer; détruire; verwijder; löschen; delete; divulg; openbaar;
    verspreid; weitergabe; disclos; dissemin; diffusion; privileg; strictement; uitsluitend; ausschließlich;
    intended; bestemd; bestimmt; responsab; aansprakelijk; haftung; liable; liability; rechten; juridi;
    legally
    """
)
PAPER = words(
    """
    pensez à l'environnement; avant d'imprimer; n'imprimez ce; n'imprimez cet; pensez environnement;
    denk aan het milieu; think before you print; please consider the environment; consider the environment;
    please think of the environment; denken sie an die umwelt; bitte prüfen sie, ob diese;
    print deze e-mail
    """
)

# ── Lines within a signature ─────────────────────────────────────────────

# Somebody is speaking: such a line is never part of a signature.
SPEECH = frozenset(
    words(
        """
    aub; auch; bedankt; bitte; c'est; can; danke; elle; est-ce; habe; have; heb; i; i'll; i'm; ich; ik; il;
    j'; j'ai; ja; je; kan; kunt; können; merci; moet; muss; nee; nein; nicht; niet; no; noch; nog; non; not;
    ook; oui; où; pas; please; pouvez; stp; svp; thanks; wel; yes
    """
    )
)
# Nor are these, as long as nothing has shown how to reach anybody.
SPEECH_WITHOUT_CONTACT = SPEECH | frozenset(
    words(
        """
    anbei; anhang; attached; bijgevoegd; bijlage; ci-joint; ci-jointe; ci-joints; ci-jointes; facture;
    factures; factuur; facturen; invoice; invoices; rechnung; rechnungen; trouver; trouverez; veuillez; voici; hier;
    ai; are; est; is; ist; nous; on; ont; que; qui; reste; sera; serai; shall; sie; sind; sont; u; vous;
    was; we; wij; wir; wird; wordt; you; zijn
    """
    )
)
POSTSCRIPTS = words("ps; p.s; nb; n.b; post; post-scriptum; psst")
# How lines that tell how to reach somebody begin.
CONTACTS = words(
    """
    tél; téléphone; tel; telefoon; telefon; gsm; mobile; mobiel; mobil; fax; tva; btw; ust-id; ust; mwst; vat;
    iban; bic; rpm; rpr; bce; kbo; e-mail; email; mail; phone; ondernemingsnummer; hrb; linkedin; facebook; rue;
    avenue; av; chaussée; bd; boulevard; place; straße; strasse; street; website; web; bureau; kantoor; büro
    """
)
STREET_ENDS = words(
    """
    straat; laan; str; weg; steenweg; plein; dreef; lei; kaai; straße; strasse; platz; allee
    """
)

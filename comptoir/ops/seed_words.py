"""What seeded conversations are about: French enough for search to find what it would find in life."""

from __future__ import annotations

SUBJECTS = (
    "Facture à vérifier", "Extrait bancaire manquant", "Documents TVA", "Note de crédit attendue",
    "Attestation de taux réduit", "Question sur un paiement", "Leasing de véhicule", "Contrat de travail",
    "Inventaire de fin d’année", "Régularisation des charges sociales", "Acompte reçu", "Amortissement d’une machine",
    "Courrier du SPF Finances", "Compte courant de l’associé", "Ticket de caisse illisible", "Relevé de carburant",
)  # fmt: skip
SENTENCES = (
    "Pouvez-vous vérifier cette facture avant vendredi ?",
    "La banque a exécuté le virement deux fois.",
    "Je vous envoie l’extrait dès que je le reçois.",
    "Le fournisseur confirme la note de crédit.",
    "C’est bien une dépense professionnelle à 75 %.",
    "Il manque le livre de caisse de la deuxième quinzaine.",
    "Merci, c’est noté dans votre dossier.",
    "La déclaration est partie ce matin, l’accusé est joint.",
    "Quel taux faut-il appliquer pour cette livraison ?",
    "Le client est une société française, donc autoliquidation.",
    "Avez-vous la preuve de transport signée ?",
    "Le compteur de l’atelier indique 4.512 m³.",
    "Nous amortissons la machine sur cinq ans.",
    "Le secrétariat social calcule la prime de fin d’année.",
    "Voici la photo du ticket, il était au fond de la camionnette.",
    "L’échéance tombe un samedi, payez plutôt la veille.",
    "Votre situation trimestrielle montre une marge de 61 %.",
    "Je préfère en parler au téléphone demain matin.",
    "Le bail commercial prévoit une indexation chaque année.",
    "Tout concorde avec le grand livre, bonne journée !",
    "Le taux réduit exige une attestation pour les bâtiments de plus de dix ans.",
    "Votre numéro d’entreprise manque sur la facture.",
    "La régularisation de l’énergie arrive en novembre.",
    "Nous attendons encore le relevé de la carte de crédit.",
)

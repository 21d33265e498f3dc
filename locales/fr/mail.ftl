# Ce qui part, par quelle machine, et ce que répondent les serveurs.
cmd-notices-send = Envoie un avis maintenant, aussi ce qui était gardé ou refusé
cmd-notices-run = Envoie ce qui est approuvé et dont l’heure est venue
cmd-notices-sender = Dit quelle machine envoie les avis de l’organisation
cmd-notices-sender-take = Fait de cette machine celle qui envoie (administrateurs)
arg-goes-on = Continue jusqu’à ce qu’on l’arrête
arg-no-prepare = N’envoie que ce qui est approuvé, sans rien préparer
arg-retry = Aussi vers un serveur qui vient de refuser cette machine

op-deliver = { $outcome ->
    [sent] avis « { $subject } » à { $addressee } : accepté par le serveur
    [written] avis « { $subject } » à { $addressee } : écrit
    [failed] avis « { $subject } » à { $addressee } : refusé
    [held] avis « { $subject } » à { $addressee } : gardé
    [waiting] avis « { $subject } » : à envoyer de nouveau
   *[other] avis en attente regroupés
 }

sender-this = Cette machine envoie les avis.
sender-taken = Cette machine envoie désormais les avis ; les autres l’apprennent au prochain échange.
sender-other = Les avis sont envoyés par { $name } ; un administrateur peut changer cela par « chantier notices sender take ».
sender-nobody = Aucune machine n’envoie les avis : un administrateur en désigne une par « chantier notices sender take ».

mail-sent = Acceptés par le serveur : { $count }
mail-written = Écrits dans un dossier : { $count }
mail-digests = Regroupés en récapitulatifs : { $count }
mail-resolved = Devenus sans objet, non envoyés : { $count }
mail-failed = Refusés pour de bon : { $count } ; corrigez l’adresse, puis « chantier notices send ».
mail-held = Gardés, à vous de décider : { $count }
mail-deferred = Essayés de nouveau plus tard : { $count }
mail-unknown = Coupés sans réponse, essayés une fois encore plus tard : { $count }
mail-without-address = Sans adresse utilisable : { $count } ; complétez l’adresse, ou fixez un dossier de lettres (chantier config set mail.letters DOSSIER).
mail-waiting = En attente : { $count }
mail-nothing = Rien n’attend.
mail-no-way = Cette machine ne sait pas encore envoyer : chantier config set mail.server SERVEUR et mail.from ADRESSE, ou mail.folder DOSSIER.
mail-minute = Trente messages sont partis cette minute : la suite part dans un instant.
mail-day = Trois cents messages sont partis en un jour pour un même chantier ou projet : la suite part dans les vingt-quatre heures.
mail-paused = Le serveur a refusé cette machine il y a moins d’une heure ({ $reply }) : vérifiez les réglages, puis « chantier notices run --retry ».
mail-unreachable = Le serveur n’est pas joignable pour l’instant ({ $reply }) : les avis attendent.
mail-letters-stopped = Les lettres à imprimer attendent. { $reply }
mail-busy = Le serveur remet à plus tard ({ $reply }) : les avis attendent.
mail-unwelcome = Le serveur refuse cette machine ({ $reply }) : vérifiez le nom, le mot de passe et l’adresse d’envoi ; les avis attendent.
mail-from-missing = L’adresse d’envoi manque : chantier config set mail.from ADRESSE.
mail-password-missing = Le mot de passe manque : écrivez-le dans un fichier que vous seul lisez, puis chantier config set mail.password_file FICHIER.
mail-keyring-empty = Le trousseau ne donne pas le mot de passe de { $user } chez { $server } ({ $error }) : secret-tool store --label=chantier service chantier server { $server } user { $user } l’y met.
mail-keyring-unasked = Le trousseau ne peut pas être interrogé ({ $error }) : installez secret-tool (libsecret), ou gardez le mot de passe dans un fichier : chantier config set mail.password_file FICHIER.
mail-password-open = D’autres peuvent lire le mot de passe dans « { $path } » : chmod 600 le ferme.
mail-folder-missing = Le dossier « { $path } » n’est pas là : branchez la clé, ou créez-le.
mail-folder-unwritable = Rien ne s’écrit dans « { $path } » ({ $error }) : vérifiez la place et les droits.
mail-folder-taken = Trop de fichiers s’appellent déjà « { $path } » : videz le dossier.
mail-setting-here = Les réglages mail.* sont ceux de cette machine : retirez --project et --from.
mail-this-machine = cette machine

mail-digest-subject = { $count } avis pour le projet { $project }
mail-digest-part = { $subject } ({ $part }/{ $parts })
mail-digest-intro = Ces { $count } avis du projet { $project } n’ont pas pu partir à leur date, faute de réseau. Les voici ensemble, chacun en entier.
mail-digest-mark = { $number }/{ $count } · généré le { $made }, envoyé le { $sent }

address-unreadable = « { $address } » n’est pas une adresse : écrivez nom@domaine.pays, sans accent ni espace.
message-too-large = La lettre dépasse { $bytes } octets : raccourcissez-la.
message-unwritable = Le message ne s’écrit pas ({ $error }) : vérifiez la lettre et l’adresse.

notice-not-approved = Cet avis n’est pas approuvé : « chantier notices approve » d’abord.
notice-is-held = Cet avis est gardé : « chantier notices approve » le libère.
notice-is-cancelled = Cet avis est annulé : préparez-en un autre.
notice-nothing-waits = Rien de cet avis n’attend.

reply-interrupted = l’envoi a été interrompu ; nul ne sait si le serveur a le message
reply-same-address = déjà envoyé à la même adresse
reply-resolved = devenu sans objet avant de partir
reply-no-such-server = { $server } est introuvable
reply-no-connection = { $server } ne répond pas
reply-not-loopback = { $server } n’est pas cette machine : la ligne doit être chiffrée
reply-no-tls = { $server } n’offre pas de ligne chiffrée (STARTTLS)
reply-tls = le certificat d’autorité ne se lit pas ({ $error })
reply-tls-failed = la ligne avec { $server } ne peut pas être chiffrée ({ $error })
reply-no-login = { $server } n’offre pas d’identification par mot de passe
reply-not-a-server = ce qui répond à { $server } n’est pas un serveur de courrier
reply-too-slow = { $server } tarde trop à répondre
reply-cut = la ligne avec { $server } s’est coupée

notices-approved-alone = { $count ->
    [one] { $count } avis approuvé d’office, comme réglé.
   *[other] { $count } avis approuvés d’office, comme réglé.
}
why-draft = à approuver
why-held = retenu
why-no-address = sans adresse
why-elsewhere = part de la machine { $name }
why-nobody = aucune machine n’envoie
why-digest = dans un récapitulatif
why-deferred = reporté au { $at } : { $reply }
why-no-line = serveur injoignable, nouvel essai le { $at }
why-unknown = ligne coupée, peut-être parti ; nouvel essai le { $at }
why-paused = serveur laissé en paix une heure : { $reply }
why-contested = deux versions : tranchez (chantier conflicts)
why-not-today = limite du jour atteinte, part plus tard
why-next = part au prochain envoi
channel-smtp = courriel
channel-folder = dossier
channel-letter = papier
channel-digest = récapitulatif

# L’échange entre machines : paquets, clés, machines.
cmd-bundle = Paquets de changements, à porter sur une clé ou à envoyer par courriel
cmd-bundle-export = Écrit un paquet
cmd-bundle-import = Prend en compte des paquets
cmd-bundle-inspect = Dit ce que contient un paquet, sans rien écrire
cmd-machine = Les machines de l’organisation
cmd-machine-list = Liste les machines
cmd-machine-show = Montre la clé de cette machine
cmd-machine-add = Inscrit une machine, de nouveau si elle a été retirée ; lui donne un autre nom
cmd-machine-remove = Retire une machine : ce qu’elle a écrit reste
arg-bundle = Le paquet
arg-bundles = Les paquets à prendre en compte
arg-reader = Machine qui le lira : ce qu’elle a déjà est laissé de côté
arg-bundle-export-to = Clé (age1… ou ssh-ed25519 …), machine ou fichier de clé à qui le paquet est chiffré
arg-max-size = Taille maximale d’un fichier (5M) : le paquet est partagé en plusieurs
arg-partial = Prend ce qui est entier dans un paquet abîmé
arg-identity = Clé privée qui ouvre le paquet
arg-extract = Écrit chaque segment et sa signature dans un dossier, pour ssh-keygen -Y verify
arg-line = Ligne que montre « chantier machine » sur l’autre machine, entre guillemets

bundle-written = { $changes ->
    [0] Rien de nouveau à envoyer : { $files } ne porte que l’accusé de réception ({ $size }).
    [one] 1 changement dans { $files } ({ $size }).
   *[other] { $changes } changements dans { $files } ({ $size }).
 }
bundle-taken = { $file }, de { $machine } :
bundle-extracted = { $count ->
    [one] 1 segment écrit dans { $folder }.
   *[other] { $count } segments écrits dans { $folder }.
 }
bundle-organisation = Organisation
bundle-machine = Machine
bundle-fingerprint = Empreinte
bundle-part = Partie
bundle-segments = Segments
bundle-changes = Changements
bundle-users = Auteurs
exchange-line = envoyés { $sent } · reçus { $received } · refusés { $refused } · conflits nouveaux { $conflicts } · en attente { $held } · restent à envoyer { $pending }
exchange-line-in = reçus { $received } · refusés { $refused } · conflits nouveaux { $conflicts } · en attente { $held }
exchange-nothing-in = rien de nouveau : tout ce qu’il porte était déjà ici
bundle-rest = Le reste est perdu (coupé ou abîmé à partir de l’octet { $offset }) : redemandez ce paquet.
exchange-conflicts = { $count ->
    [one] Une valeur a deux versions : tranchez avec « chantier conflicts ».
   *[other] { $count } valeurs ont plusieurs versions : tranchez avec « chantier conflicts ».
 }
exchange-conflicts-here = { $count ->
    [one] Une valeur a deux versions à trancher.
   *[other] { $count } valeurs ont plusieurs versions à trancher.
 }
size-bytes = { $number } octets
size-kilobytes = { $number } ko
size-megabytes = { $number } Mo

machine-added = { $name } est inscrite ({ $fingerprint }) : elle peut envoyer ses changements.
machine-removed = { $name } est retirée : ce qui est arrivé d’elle reste, ce qu’elle enverra encore attendra que vous l’inscriviez de nouveau (« chantier machine add »).
machines-none = Aucune machine n’est inscrite : celle-ci le sera à son premier échange.
machine-here = { $name } (ici)
machine-admin = administre
machine-enrolled = inscrite
machine-withdrawn = retirée
column-role = Rôle
column-fingerprint = Empreinte

op-enrol = { $what ->
    [withdrawn] machine { $name } retirée
    [sends] les avis sont envoyés par { $name }
   *[other] machine { $name } inscrite
 }
op-short-enrol = machine
op-receive = réception de { $machine }
op-short-receive = réception

size-unreadable = « { $text } » n’est pas une taille : écrivez par exemple 50k ou 5M.
key-unreadable = Ce n’est pas une clé publique ssh-ed25519 sur une ligne : copiez la ligne que montre « chantier machine » sur l’autre machine.
key-is-private = C’est une clé privée : ne la donnez à personne ; copiez la clé publique (fichier .pub).
key-file-unreadable = La clé « { $path } » ne se lit pas ({ $error }) : vérifiez le fichier et ses droits.
key-file-unwritable = La clé de cette machine ne peut pas être écrite dans « { $path } » ({ $error }) : vérifiez les droits du dossier.
key-file-open = La clé « { $path } » peut être lue par d’autres : faites « chmod 600 » sur ce fichier.
key-unusable = La clé de cette machine ne signe pas ({ $error }).
recipient-unreadable = « { $text } » n’est ni une clé (age1…, ssh-ed25519 …), ni une machine, ni un fichier de clé publique.
envelope-unclosed = Le paquet ne peut pas être chiffré ({ $error }).
envelope-unopened = Le paquet chiffré ne s’ouvre pas ({ $error }) : redemandez-le.
envelope-for-others = Ce paquet est chiffré pour d’autres : indiquez la bonne clé avec --identity, ou demandez-le pour cette machine.
identity-unreadable = Ce fichier n’est ni une clé privée OpenSSH, ni une identité age.
identity-locked = Cette clé privée est protégée par une phrase secrète ou d’un autre type : donnez une clé ed25519 sans phrase, ou demandez le paquet pour cette machine.
bundle-too-new = Ce paquet vient d’une version plus récente : installez la dernière version de chantier ; rien n’a été modifié.
segment-unpackable = Un segment ne se lit pas ({ $error }).
bundle-cut = Le paquet est incomplet (coupé à l’octet { $offset }, morceau { $frame }) : redemandez-le, ou prenez ce qui est entier avec --partial ; rien n’a été modifié.
bundle-damaged = Le paquet est abîmé (morceau { $frame }, à partir de l’octet { $offset }) : redemandez-le, ou prenez ce qui est entier avec --partial ; rien n’a été modifié.
bundle-unreadable = Le paquet ne se lit pas ({ $error }) : vérifiez la clé ou le disque.
bundle-unopened = Le paquet « { $path } » ne s’ouvre pas ({ $error }) : vérifiez le chemin.
bundle-not-a-file = « { $path } » n’est pas un fichier : indiquez un paquet .chantier.
bundle-empty = Ce fichier est vide : redemandez le paquet.
bundle-mail = Ce paquet a été modifié en route, sans doute par un programme de courriel qui change les fins de ligne : renvoyez-le dans une archive zip.
bundle-base64 = Ce paquet est encore encodé pour le courriel (base64) : enregistrez la pièce jointe avec votre programme de courriel.
bundle-foreign = Ce fichier n’est pas un paquet de chantier ; rien n’a été modifié.
bundle-appended = Quelque chose a été ajouté derrière le paquet (à partir de l’octet { $offset }) : redemandez-le ; rien n’a été modifié.
bundle-other-organisation = Ce paquet est de l’organisation « { $name } », cette base de « { $own } » : indiquez la bonne base avec --db ; rien n’a été modifié.
bundle-exists = « { $path } » existe déjà : choisissez un autre nom.
bundle-unwritable = Le paquet ne peut pas être écrit ({ $error }) : vérifiez la place et les droits.
bundle-size-too-small = Un fichier doit pouvoir contenir un segment entier : écrivez --max-size { $bytes } ou plus.
folder-unwritable = Le dossier « { $path } » ne peut pas être écrit ({ $error }) : vérifiez les droits.
segment-forged = Un changement de { $machine } ne porte pas sa signature : redemandez-le, et vérifiez d’où il vient ; rien n’a été modifié.
segment-unknown-machine = La machine { $machine } n’est pas inscrite ici : faites-la inscrire par un administrateur (« chantier machine add »), puis recommencez ; rien n’a été modifié.
segment-not-allowed = La machine { $machine } n’a pas le droit d’écrire cela : voyez un administrateur ; rien n’a été modifié.
exchange-in-memory = Une base en mémoire n’échange pas.
exchange-lacks = Il manque ce que la machine { $machine } a écrit jusqu’à son changement { $change } : demandez-lui un paquet, ou échangez avec une machine qui l’a.
exchange-not-enrolled = Cette machine n’est pas encore inscrite : envoyez à un administrateur cette ligne, pour « chantier machine add NOM "…" » : { $line }
identity-behind = Cette base est une copie ou a été remise en arrière : elle prend un nouveau numéro de machine ; recommencez.
machine-line-short = La ligne doit se terminer par le numéro de la machine : copiez-la entière de « chantier machine ».
machine-other-key = { $name } est déjà inscrite avec une autre clé : retirez-la d’abord.
machine-is-this = C’est cette machine : retirez-la depuis une autre.
machine-unknown = Aucune machine « { $name } » n’est inscrite : voyez « chantier machine list ».
machine-ambiguous = Plusieurs machines répondent à « { $name } » : écrivez son nom entier, ou son numéro (« chantier machine list »).
machine-not-admin = Seule une machine qui administre inscrit ou retire des machines : faites-le là-bas.

cmd-remote = Les lieux d’échange : serveur, dossier, dépôt d’objets
cmd-remote-list = Liste les lieux
cmd-remote-add = Ajoute un lieu
cmd-remote-remove = Oublie un lieu
cmd-sync = Échange avec un lieu
arg-target = Serveur (utilisateur@hôte, ssh://…), dossier (/media/clé, file://…) ou dépôt (s3://seau/préfixe?endpoint=…)
arg-remote-add-name = Comment l’appeler
arg-remote-add-project = Seulement ce projet (peut se répéter)
arg-remote = Le lieu ; le seul qu’il y ait, s’il n’est pas nommé
arg-sync-budget = Octets à échanger au plus (50k) : le reste ira la prochaine fois
remote-added = { $name } est ajouté ({ $target }) : échangez avec « chantier sync { $name } ».
remote-removed = { $name } est oublié : ce qui en est venu reste.
remotes-none = Aucun lieu d’échange : ajoutez-en un avec « chantier remote add ».
column-target = Adresse
column-last = Dernier échange
sync-working = Échange avec { $name }
sync-done = Échange avec { $name } :
target-unreadable = « { $text } » n’est pas un lieu d’échange : écrivez utilisateur@hôte, /un/dossier, file:///un/dossier ou s3://seau/préfixe.
remote-nameless = Le lieu n’a pas de nom : donnez-en un avec --name.
remote-exists = Un lieu s’appelle déjà { $name } : donnez un autre nom avec --name.
remote-none = Il n’y a pas de lieu d’échange : ajoutez-en un avec « chantier remote add ».
remote-which = Il y a plusieurs lieux d’échange : nommez-en un ({ $names }).
remote-unknown = Aucun lieu ne s’appelle « { $name } » : voyez « chantier remote list ».

# Qui est cette machine, et ce que « chantier doctor » trouve des échanges.
exchange-forked = Deux copies de la machine { $machine } ont écrit différemment sous le même nom : ce qui est venu en second est gardé à part ; échangez encore avec les deux, celle qui est en retard prendra un nouveau nom.
exchange-orphans = { $count ->
    [one] 1 changement fait avant que cette base soit copiée n’est signé nulle part
   *[other] { $count } changements faits avant que cette base soit copiée ne sont signés nulle part
 } : ils partiront au prochain échange.
held-missing = { $count ->
    [one] 1 segment de { $machine } attend
   *[other] { $count } segments de { $machine } attendent
 } ce sur quoi ils reposent : échangez avec cette machine, ou avec une qui l’a.
held-withdrawn = { $count ->
    [one] 1 segment de { $machine }, machine retirée, attend
   *[other] { $count } segments de { $machine }, machine retirée, attendent
 } : inscrivez-la de nouveau avec « chantier machine add » pour les prendre.
held-misfit = { $count ->
    [one] 1 segment de { $machine } n’a
   *[other] { $count } segments de { $machine } n’ont
 } pas la forme attendue et reste à part : installez la dernière version de chantier, ou voyez cette machine.
held-forked = { $count ->
    [one] 1 segment d’une autre copie de { $machine } est gardé
   *[other] { $count } segments d’une autre copie de { $machine } sont gardés
 } à part : échangez encore avec les deux copies, celle qui est en retard prendra un nouveau nom.
segments-unverified = { $count ->
    [one] 1 segment de { $machine } ne porte
   *[other] { $count } segments de { $machine } ne portent
 } pas sa signature : comparez avec une autre machine avant de l’envoyer.
segments-unmatched = { $count ->
    [one] 1 segment de { $machine } ne correspond
   *[other] { $count } segments de { $machine } ne correspondent
 } plus au journal : restaurez une sauvegarde, puis échangez.
segments-unknown = { $count ->
    [one] 1 segment vient
   *[other] { $count } segments viennent
 } de { $machine }, qui n’est pas inscrite : sa signature ne se vérifie pas.
rows-not-received = { $count ->
    [one] 1 fiche n’est pas encore arrivée
   *[other] { $count } fiches ne sont pas encore arrivées
 }, d’autres en dépendent : échangez avec la machine qui les a créées.
rows-out-of-place = { $count ->
    [one] 1 lot ou site n’est rattaché
   *[other] { $count } lots ou sites ne sont rattachés
 } à rien : échangez avec la machine qui les a créés.
figures-out-of-limits = { $count ->
    [one] 1 avancement cumulé est
   *[other] { $count } avancements cumulés sont
 } hors de 0 à 100 % ({ $places }) : saisissez-les de nouveau.
projects-twice = { $count ->
    [one] 1 nom est porté
   *[other] { $count } noms sont portés
 } par plusieurs projets ({ $names }) : renommez-en un, ou archivez le double.
contractors-twice = { $count ->
    [one] 1 nom est porté
   *[other] { $count } noms sont portés
 } par plusieurs entreprises ({ $names }) : renommez-en une, ou archivez le double.
machine-former = ancien nom

cmd-conflicts-settle = Tranche : garde une version, ou en écrit une autre
arg-conflicts-settle-month = Le mois
arg-keep = Numéro de la version à garder, dans l’ordre de la liste
arg-field = De quoi il s’agit, s’il y a plusieurs conflits au même endroit
conflict-unknown = Rien n’est en conflit pour « { $place } » : voyez « chantier conflicts ».
conflict-which = Plusieurs valeurs sont en conflit pour « { $place } » : précisez le mois, ou de quoi il s’agit avec --field.
arg-conflicts-settle-place = Le site, le lot ou la fiche, comme dans la liste
arg-conflicts-settle-value = Une autre valeur
arg-encrypt = Chiffre ce qui y est déposé pour les machines de l’organisation : le propriétaire du lieu ne lit rien
arg-watch = Échange chaque fois que le dossier est là avec du nouveau (clé USB) ; Ctrl-C pour finir
sync-waiting = J’attends « { $path } » : branchez la clé, ou Ctrl-C pour finir.
sync-removable = { $name } : { $line } · vous pouvez retirer la clé
exchange-left = { $count ->
    [one] Un paquet reste à prendre : échangez encore.
   *[other] { $count } paquets restent à prendre : échangez encore.
 }
exchange-closed = { $count ->
    [one] Un paquet a été chiffré avant que cette machine soit inscrite : demandez un paquet à { $machine }.
   *[other] { $count } paquets ont été chiffrés avant que cette machine soit inscrite : demandez un paquet à { $machine }.
 }
remote-closed-already = Une ligne SSH est déjà chiffrée : ajoutez ce lieu sans --chiffrer.
remote-whole = Un dossier ou un dépôt porte tous les projets : ajoutez-le sans --projet.
watch-needs-folder = { $name } n’est pas un dossier : seul un dossier (une clé) se surveille.
place-missing = Le dossier « { $path } » n’est pas là : branchez la clé ou montez le partage, puis réessayez.
place-not-a-folder = « { $path } » n’est pas un dossier : retirez ce lieu (« chantier remote remove ») et ajoutez un dossier.
place-unreadable = « { $path } » ne se lit pas ({ $error }) : vérifiez la clé et les droits.
place-unwritable = « { $path } » ne s’écrit pas ({ $error }) : vérifiez la clé et les droits.
place-full = Il n’y a plus de place pour « { $path } » ({ $error }) : faites de la place, puis échangez encore.
place-read-only = « { $path } » est en lecture seule ({ $error }) : déverrouillez la clé ou prenez-en une autre.
place-forgets = La clé « { $path } » ne garde pas ce qu’on y écrit : prenez-en une autre.
pack-damaged = Le paquet { $pack } est abîmé à cet endroit : effacez-le, sa machine le déposera encore à son prochain échange.
pack-misnamed = Le paquet { $pack } n’est pas ce que dit son nom : effacez-le.
pack-too-large = Le paquet { $pack } est plus grand que tout ce que dépose chantier : effacez-le.
endpoint-unreadable = « { $text } » n’est pas l’adresse d’un dépôt : écrivez ?endpoint=https://s3.exemple.org.
endpoint-with-key = L’adresse d’un dépôt ne porte ni nom ni mot de passe : mettez la clé dans AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY.
endpoint-open = { $host } ne se joint que par https : sans cela, tous sur la ligne lisent.
credentials-missing = Il manque la clé du dépôt : mettez-la dans AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY, ou dans ~/.aws/credentials.
bucket-host-unknown = { $host } ne se trouve pas : vérifiez l’adresse et la connexion.
bucket-silent = { $host } ne répond pas : vérifiez la connexion, puis réessayez ; ce qui est passé reste.
bucket-unreachable = { $host } ne se joint pas ({ $error }) : vérifiez l’adresse et la connexion ; ce qui est passé reste.
bucket-untrusted = Le certificat de { $host } n’est pas valable ({ $error }) : vérifiez l’adresse et l’heure de cette machine.
bucket-line = L’échange avec { $host } s’est interrompu ({ $error }) : réessayez ; ce qui est passé reste.
bucket-foreign = { $host } ne répond pas comme un dépôt de type S3 : vérifiez l’adresse.
bucket-clock = { $host } refuse l’heure de cette machine : réglez son horloge, puis réessayez.
bucket-credentials = { $host } n’accepte pas cette clé ({ $code }) : vérifiez AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY.
bucket-missing = { $host } n’a pas de seau « { $bucket } » : vérifiez son nom, ou faites-le créer.
bucket-elsewhere = Le seau « { $bucket } » est dans une autre région ({ $code }) : ajoutez ?region=… à l’adresse.
bucket-forbidden = { $host } refuse l’accès au seau « { $bucket } » ({ $code }) : demandez le droit de lister, de lire et d’écrire.
bucket-failing = { $host } est en panne ({ $code }) : réessayez plus tard ; ce qui est passé reste.
bucket-refuses = { $host } refuse ({ $code }) : voyez qui s’occupe du dépôt.

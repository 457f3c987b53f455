"""Common Serbian words without diacritics: whole words, and stems (`-`) that endings follow. Forms follow by rules."""

from __future__ import annotations

WHOLE = """
a ako ali bas bez bi bih bila bili bilo bio biste bismo blizu bolje brzo budem budes bude budemo budete budu cak
cemu cega cesto cim cu ces ce cemo cete da dakle daleko danas dok dokle dosta do dobro dole dva dve dvoje deset
devet dvadeset evo eto gde godine gore hoces hocu hoce hocemo hvala i iako ih iji ili im ima imam imas imamo imate
imaju ipak ispod iza iz izmedju iznad iznutra ja je jedan jedna jedno jedne jednu jednog jednom jer jeste jesu jesam
jesi jesmo jos joj ju juce kad kada kako kao kamo kasno kasnije ka ko koga koje koji koja koju kojeg kojem kojim
kojima kojih kojoj koliko kome kraj kroz kuda lako li lepo malo mene meni me mi mnogo mnome moci moze mozda mozes
mozemo mozete mogu moj moja moje moju mojoj mojim mojih mora moram moras moramo morate moraju mu na nad nadam najpre
najzad nakon nam nama nas nasa nase nasi ne nece neces necu necemo neka nekad nekada nekako neki neke neko nekog
nekoliko nema nemas nemam nemaju nemoj nemojte nesto ni nigde nije nikad nikada niko nisam nisi nismo niste nisu
nista niti niz nju njega njemu njen njena njene njihov njihova njih njim njima njoj njom no o ob od odakle odavde
odjednom odmah odnosno oko okolo on ona oni ono onda onaj onako one onoliko osam osim ostalo otprilike ova ovaj
ovako ove ovde ovi ovih ovim ovo ovog ovoga ovoj ovom ovu pa pak pet po pod pogotovo ponekad ponovo posebno posle
posto potom potpuno prava pravo pre pred prekjuce preko prekosutra prema pri prilicno prvo puno put puta radi radije
rano ranije redovno s sa sad sada sam sama samo samom sami sasvim se sebe sebi sedam si skoro skupa slabo smem smes
sme smeju smo sobom sta sto ste stvarno su suvise sutra sva svaka svaki svake svakog svakoj svako svaku sve svega
svi svih svim svima svoj svoja svoje svojim svoju svuda ta tacno tada taj tako takodje tamo te tebe tebi teze tek ti
tih tim time to toga tog toj tokom toliko tom tome ton tri troje trebalo treba trebas trebamo trebaju tu tvoj tvoja
tvoje tvojih tvojim tvojima tvojoj tvoju tvom tvog tvome u ubrzo uglavnom ujutru ujutro uopste uprkos upravo uskoro
uvek uvece uz uzduz vama vam van vas vasa vase vasi vasoj vasu vasem vec vece veceras verovatno vise vrlo za zajedno
zaista zar zasto zatim zato zbog zelim zelis zeli zna znam znas znamo znate znaci nalik cetiri sest hiljadu nula
nulu nijedan nijedno nijedna nikakav nikakva ovakav takav takva takvo kakav kakva kakvo kakve umesto protiv prilikom
pomocu povodom usled unutar izvan naspram mimo danju nocu nocas jutros letos zimi leti sinoc preksutra trenutno
obicno zapravo svakako naravno molim izvini izvinite zdravo cao dovidjenja bravo super hej ok okej redu vazi moguce
nemoguce potrebno vazno bitno dovoljno najvise najmanje najbolje bolji bolja gori gora veci veca manji manja manje
duzi duza duze kraci kraca krace laksi laksa lakse tezi teza jaci jaca jace slabiji slabija visi visa nizi niza nize
brzi brza brze sporiji ljudi ljude deca dece zene zena muskarci dan dana dani danima danu danom sat sata sati min
minut minuta minuti jedi jedite jede jedem jedes jedemo jedu jesti jeo jela pij pijte pije pijem pijes piju piti pio
pila uzmi uzmite uzme uzmem uzmes uzeti uzeo uzela daj dajte daje dati dao dala idi idite ide idem ides idu ici isao
isla budi budite stani reci recite rece rekao rekla vidi vidis vidim vidimo vide videti video videla cuj cuje hajde
hajdemo nek pas psa otac oca majka sin kcer brat sestra ruke noge krv krvi san sna snu snom so soli glad gladi zed
zedi mast masti med meda ulje ulja sir sira riba ribe ribu meso mesa jaje jaja vode voda vodu vodom sok soka caj
caja kafa kafe kafu gel gela gelovi gelova bar bara lek leka lekar lekara plan plana planu planom cilj cilja cilju
tima trka trke trku trci trcis trcim spavaj lezi sedi hodaj stoj mozak mozga kost kosti koza koze zub zuba grlo grla
"""
STEMS = """
trening trcanj trcat voznj vozi vozis bicikl plivanj plivat plivac tekm takmicenj takmic utakmic utrk maraton
polumaraton triatlon odmor oporav napor intenzit interval temp duzin duz dug kratk krat lak tezak tesk jak slab
umeren ritam ritm tempo brzin puls srce src misic telo tel zdrav bolest bol povred umor umoran zalih energij hran
ishran obrok dorucak doruck ruck rucak vecer uzin jelo jel jelovnik namirnic recept sastoj prilog salat supa sup
corb caj sos preliv hleb pecivo peciv testenin past pirinac pirinc krompir ovas ovsen kas pahuljic zitaric musl
brasn kukuruz heljd kinoj socivo sociv pasulj grasak grask leblebij boranij povrc povrt voc bana jabuk pomorandz
limun grozd visnj tresnj jagod malin borovnic krusk kajsij sljiv breskv dinj lubenic ananas kivi avokad paradajz
krastav paprik luk beli sargarep spanac kupus brokol karfiol tikvic cvekl pecurk zacin bosilj persun biber so sol
maslin suncokret ulj orah bades badem lesnik kikirik semenk susam mleko mlek jogurt kefir pavlak sir kajmak maslac
puter jaj pilet piletin curet govedin svinjetin meso mes sunk slanin riba rib losos tun tunjevin skus sardin pastrmk
tofu soj protein belancevin hidrat ugljen secer skrob vlakn masno mast vitamin mineral natrijum kalijum kalcijum
gvozd magnezijum kofein elektrolit tecnost vod pice pic sok kaf gram kilogram litar litr mililitar mililitr miligram
minut sat dan nedelj sedmic mesec godin jutr podne podnev popodne vece veceri noc vikend ponedelj utor sred cetvrt
petak petk subot januar februar mart april maj jun jul avgust septembar septembr oktobar oktobr novembar novembr
decembar decembr danasnj sutrasnj jucerasnj vecerasnj jutarnj sledec prosl naredn prethodn poslednj prv drug trec
pet sest sedm osm devet deset dvadeset trideset polovin pol cetvrtin trecin broj kolicin mer merenj procen proracun
racun racunan izracun kalori kilokalor grama porcij kom komad kasik kasicic solj cas flas kriske krisk sak zrn list
glav cen cilj plan planir raspored kalendar spisak spisk kupovin prodavnic namirn porudz predlog predloz predlaz
predlag promen izmen zamen zameni menj dodaj doda dodat ukloni uklon potvrd potvrdi odbij odbi prihvat podes
podesavanj stranic profil tezin visin uzrast godist alergij alergen netoleranc dijet vegan vegetarijan gluten laktoz
bezbed opasn rizik rizi savet savetuj prepor preporuc trebati treb potreb moc mog zel zeljen hte hoc vol volis
mislim misli zna znanj razum objasn razlog uzrok posledic zasto jer izvor studij istraziv dokaz nauk clan rad podatk
podatak podac informac cinjen primer pitanj pitaj odgovor recen rec reci kaz kaze kazi govor pric napomen objav jed
pojed pojes poj jesc jede pij popij pop uzim uzm uzmi unos unes uneti ponesi pones nos nosi spremi sprem pripremi
priprem kuva skuva skuvaj kuvan pec ispec przi przen dinsta barin mesa pomesa promesa izmesa sece isec seck iseck
rend oljusti ljust operi pra ocedi ced posoli zacini sipa naspi nalij preli pospi pokri ostavi ostav stavi stav
izvadi hlad ohlad zagrej podgrej zamrzn odmrzn potop namaz umut mikser rern sporet tiganj serp cinij tanjir noz
frizider zamrzivac posud kuhinj ponud mora moz sme sluz slusa gleda pogleda posmatra prat proveri prover upored
porec izbroj izracuna koristi korist izabra izabir izbor opcij mogucnost resenj nacin vrst tip oblik deo del ceo cel
celin ukupn zbir prosek prosecn razlik razlic isto ist slic slican jednak nejednak podel rasporedj sastav sadrzi
sadrz cini cin obuhvat pomogn pomoc pomaz pokus prob probaj nastav poc poceti poci pocn pocinj poch zavrs zavrsi
kraj kren kret vrati vrac stig stiz dolaz dod odlaz poslat posalji salj donos donesi donet doneti povec smanj smanji
poveca raste rast pad pada podig spust skrat produz izbeg izbegav preskoc preskac propust ogranic pokriv pokrij
nadoknad obnov popun dopun troš tros potros sagor gub izgub dobi dobij dobit stek dobar dobr bolj najbolj los gor
gori velik najvec najman mal man vec visok nizak nisk sirok uzak gust red retk cest cvrst mek tvrd tecn suv vlaz
hladn topl vruc toplin vrel svez star nov mlad zrel prezrel sladak slatk slan kisel gorak gork ljut blag ukus hrskav
kremast jednostavn jednostavan slozen lagan naporan tezi odmorn miran mirn nemir gladan gladn zedan zedn sit sitost
mucnin nadut stomak stomac zelud creva varen svari probav vazan vazn bitan bitn potreban potrebn dovolj obilan obiln
bogat pun prazan prazn siguran sigurn jasan jasn tacan tacn netac precizn pogres gresk problem pitanje nevolj moguc
nemoguc dostup spreman spremn slobod zauzet poseb opst glavn spored obavez preporucljiv korisn stet pravi pravil
pravilan praviln normal uobicaj redov povrem stalan staln ujutr prepodnev poslepodn uvec rano ranij kasn kasnij
pocet sredin zavrset period vrem vremen trenut pauz predah duze prij jutros vecernj nocn dnevn nedeljn mesecn
godisnj satn sport sportist sportsk takmicar trkac biciklist trener nutricionist lekar doktor strucnj osob covek
ljud porodic prijatelj dete dec zen muskar starij roditelj stvar nes svak nek ovak tak vak jedin sam sav svoj tvoj
moj njeg njen njih nas vas ostal drugac ov on t k start staz uzbrd nizbrd krug kilomet metr metar bazen teren sal
teretan opre patik temperatur vrucin hladnoc vlaznost leto zim prolec jesen sunc kis vetar snag izdrzljiv brz spor
sna san spava spavanj budjenj budi ustan leg odmar hidrir hidrata hidratac dehidrat znoj izotonik napit smuti sejk
kapsul tablet dodac suplement kreatin pretpostav otprilik okvirn priblizn zaokruz tacno pojaca smanjenj povecanj
pokrenu prilagodi prilagodj uskladi uskladj rasporedi organiz pripada nalaz postoj posto ostaj vaz znac znaci
predstavl cinit utic uticaj zavis povez veza vezan odnos zasnov oslan baz rado srec srecn srecno cast zao hval
dobrodos izvol oprost iskljuc ukljuc dozvol zabran sprec omoguc dopust dozvoljen sporo polako naglo odjednom
postepen postupn nedosta nedostaj manjak visak viska manjk suficit deficit balans ravnotez hajd pokaz prikaz vid
vidljiv navod naved nabroj ispod iznad dole gore gornj donj levo desno vis niz bliz dalj deklaracij etiket jecm slad
kes papir trud pretvar spakuj pakuj pakov torb ranac ranc kutij tegl konzerv flasic brdovit ravn ravnic vetrovit
oblac pljusk oluj magl mraz suncan vremensk prognoz grad sel zeml drzav svet ulic ruk rame ramen kolen zglob listov
butin lednj ledj grud vrat prst palcev palac oci ok ociju us usn koz disanj disi baka dek brat sestr komsij kolega
koleg momak devojk suprug muz crven plav zelen zut crn bel braon boj svetl taman tamn nuzan nuzn krajn ocigledn
posten iskren realn stvarn lazn tuzan tuzn vesel uplas plas stid ponos zadovolj osec osecaj razmisl pametan pametn
mudr glup cudan cudn poznat nepoznat obic neobic cekan zurb zuri zur kasni poranj ustaj umiv tus istus presvuc obuc
obuj plati plac plat jeftin skup novac novc kusur akcij popust pevaj igra igraj sali smej smeh placi skol fakultet
knjig casopis novin film muzik pesm uvod zakljuc zakljucak naslov strana pasus tabel grafikon slik fotograf upala
upal zapal prehlad grip kasalj alergijsk simptom terapij pregled krvn kiselin luzin enzim hormon insulin feritin
hemoglobin holesterol gutljaj zalogaj dosad dosadn zabav zanimlj uzbudlj verzij zabun gresak hitn hitan polak lepinj
kifl pogac burek gibanic proj kacamak sarm pljeskavic cevap raznjic rolat stapic krofn palacink uvijac kolac tort
sladoled cokolad keks bombon dzem med sirup cedevit limunad kompot kajgan omlet prsut kulen virsl podsetni podset
alarm poruk porud premest premes pomer pomera zamenj zamenjuj menja promenj izmenj resi resen resav obav obavl obavi
obaves obavest javi javl zahtev mejl imejl termin zakaz zakazi zakaza otkaz otkaza posta postav postavi postavl
postavlj snim snimi snimlj kuv kuvaj napis napisa pisa pis upis upisa uneo zapis zapisa zabelez belez sacuv sacuva
cuva pamt zapamt zapamti ceka cekaj cek uporedi krec osetljiv misljenj takv popravlj popravi izgubljen nadoknadj
nadokna iste isteka istic stedi sted uzurban obzir azur azurira brise bris obris obrisa izbris ubac ubaci izbac
izbaci sklon skloni skin skinu presloz preslozi preured preuredi dorad doradi optimiz optimizova sredi sredj obrad
rezervis rezervisa kontakt kontaktira duplir poslal poslao saljem prebac prebaci spakov olaks izvrs izvrsi preracun
primlj primen primenj sproved uspe uspes upozna podign snaz zelj sistem aplikacij program telefon racunar internet
adres smrsa mrsav preskak preskoci post gladov istop odloz drzi drz pusti pust otvor otvori zatvor zatvori pritisn
klikn izaber oznac oznaci obelez upozor pazi paz cuvaj brini brine brig zabrin izdrz trpi trp lec leci bole boli
boluje kasl groznic alkohol pus puse godi prija prijatn neprijatn rasti poras jaca ojaca gradi izgrad grade izgradnj
obnavlj razgovor razgovaraj porazgovaraj obrati obrat konsult saslus brzohran domac kupovn restoran put putov avion
hotel posao posl kuc
"""
ENDINGS = """
a e i o u om em im am oj og eg ih oga ega omu emu ome ama ima ova eva ovi evi ove eve ovima evima ju je ja jem jom
ka ke ki ku ci ca ce cu n na ne ni no nu nog nom noj nih nim an en ena eno ene eni enu enog enom enoj enih enim ana
ano ane ani anu anog anom anih anim jena jeno jeni jene jen t ta to te ti ata ato ati ate tu m s mo li la lo le ao
eo io uo jes jemo jete aju uju ite jte aj ajte uj ujte vsi juci sti ces cemo cete acu icu ecu nuti nes nem nemo nete
nula nulo nuo njem njes nje njemo njete nju nja anje anja anju anjem enje enja enju enjem ost osti iji ija ije iju
ijeg ijem ijih ijim sko ski ska ske skog skom skih skim iva ivo ivi ivu ive ivog as es is ete amo emo imo ava avam
avas avati avao avala avanje avanja avajte avaj uje ujem ujes ujemo ovati ovan ovana ovano ovane ovani ac aca ace
aci ica ice ici icom ic ik ika iku icima ak kom cic cica dan dno dna dni dne dnu san sna sno sni ran rna rno rni rne
cki cka cko cke rste rs ar ara ari are ira iram iras iraj irati iran irana irano irane iranje ila ilo ili ile ala
alo ali ale ula ulo uli ela elo eli ele nik nika niku nikom nici nike nut nuta nuto nute ivanje avanju ucu zen zena
zeno zeni zene djen djena djeno djene djeni cen cena ceno cene ceni sen sena seno seni ljen ljena ljeno ljeni ljene
lja lju ljam ljas ljamo ljaj ljanje ljanja jivo jiva jivi
"""

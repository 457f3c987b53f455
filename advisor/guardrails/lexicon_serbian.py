"""Serbian names of foods and dishes, and what they usually hold, in the form of `lexicon_english`.

Written without accents, as `folded` writes them (dj for đ). Short nouns and those whose stem changes stand in all
their cases; the endings of the others are found by `Names`.
"""

from __future__ import annotations

ROWS = """
none: kokosovim mlekom; kokosovog mleka; pirincanim mlekom; pirincanog mleka; biljnim mlekom; biljnog mleka
none: biljnim napitkom; plavi patlidzan; patlidzan; muskatni orascic; kokos; kokosovo mleko; kokosova krema
none: kokosovo brasno; kokosa; kokosov orah; pirincano mleko; biljno mleko; biljni napitak; heljda; heljdino brasno
none: heljdin hleb; ajvar; ajvara; ajvarom; pindjur; ljutenica; kakao maslac; pirincana galeta; pirincane nudle
none: pirincano brasno; kukuruzne galete; kukuruzna tortilja; kukuruzno brasno; veganski sir; veganski majonez
none: biljni jogurt; kokosov jogurt; suncokretov puter; maslac od suncokreta; sirov; sirova; sirovo; sirove; sirovi
none: siroko; sirup; sirupa; sirupom; ribizla; ribizle; ribizlu; ribizlama; mesec; meseca; meseci; mesecu; mesto
none: mesta; mestu; mesati; mesaj; mesavina; mesavinu; bukovaca; bukovace
gluten: ovsenim mlekom; ovsenog mleka; zobenim mlekom; ovseni napitak; ovsenim napitkom; jecam; jecma; jecmom; jecmu
gluten: raz; razi; razeni; razenog; razeni hleb; ovseno mleko; zobeno mleko; slad; slada; ovas; ovsa; ovsene
soy: sojinim mlekom; sojinog mleka; sojinim jogurtom; soja; soje; soju; sojom; soji; sojin; sojina; sojino; sojine
soy: sojinu; sojino mleko; sojin jogurt; tofua; tofuom; tofuu; tofu sir; tempeha; tempehom; soja ljuspice
soy: sojine ljuspice; edamame; miso supa; sojin protein
nuts: bademovim mlekom; bademovog mleka; orah; oraha; orahu; orahom; orasi; orase; orasima; orascici; badem; badema
nuts: bademom; bademi; bademe; bademima; bademov; bademovo mleko; bademov puter; bademovo brasno; bademov listic
nuts: lesnik; lesnika; lesnikom; lesnici; lesnike; lesnicima; lesnikov; indijski orah; indijskog oraha; indijski orasi
nuts: indijske orahe; indijskim orasima; pistac; pistaci; pistaca; pistacima; makadamija; pekan orah; brazilski orah
nuts: pinjol; pinjoli; pinjole; pinjola; marcipan; marcipana; marcipanom; orahovo ulje; orahova; lesnik puter; pralina
peanuts: kikiriki; kikirikija; kikirikiju; kikirikijem; kikirikijima; kikirikijev; kikirikijevo; kikiriki puter
peanuts: kikiriki maslac; puter od kikirikija; maslac od kikirikija; namaz od kikirikija; smoki; smokija; smokiju
peanuts: smokijem; flips; flipsa; flipsom; ulje od kikirikija; sos od kikirikija; kikiriki brasno; satej
peanuts nuts: orasasti plodovi; orasastih plodova; orasaste plodove; orasastim plodovima; orasast
peanuts nuts: mesano orasasto voce; orasasto voce; studentska hrana; studentske hrane; musli stanglica
peanuts nuts: energetske kuglice
nuts milk soy: eurokrem; eurokrema; eurokremom; eurokremu; nutelu; nutela; nutele; nutelom; ferero; krem od lesnika
nuts milk soy: lesnik krem
nuts milk eggs: nugat; nugata; nugatom; zerbo; zerbo kocke; reforma torta; vasina torta
nuts wheat: baklave; baklavu; baklavom; granole; granolu; granolom; musli; muslija; muslijem; orasnice; bajadera
nuts wheat: bajadere; urmasica; urmasice
nuts milk wheat: stangla sa orasima; orahnjaca; strudla sa orasima
nuts milk cheese: pesta; pestom
milk: mleko; mleka; mleku; mlekom; mlijeko; mlijeka; mlijekom; mlecni; mlecna; mlecne; mlecno; mlecnih; mlecnim
milk: mlecnu; mlecnog; mlecne proizvode; mlecni proizvod; mleko u prahu; kozje mleko; ovcije mleko; kravlje mleko
milk: kiselo mleko; kiselog mleka; mlaceno mleko; mleko bez laktoze; jogurt; jogurta; jogurtom; jogurtu; jogurte
milk: grcki jogurt; kefir; kefira; kefirom; kefiru; surutka; surutke; surutku; surutkom; protein surutke
milk: surutka protein; kazein; kazeina; kazeinom; laktoza; laktoze; laktozu; vej protein; vej; puter; putera; puterom
milk: puteru; maslac; maslaca; maslacem; gi maslac; topljeni puter; pavlaka; pavlake; pavlaku; pavlakom
milk: slatka pavlaka; kisela pavlaka; mileram; slag; slaga; slagom; vrhnje; vrhnja; neutralna pavlaka; kuvana pavlaka
milk: pavlaci; kajmak; kajmaka; kajmakom; kajmaku; skorup; sladoled; sladoleda; sladoledom; sladolede; sladoledu
milk: puding; pudinga; pudingom; sutlijas; cokolada; cokolade; cokoladu; cokoladom; mlecna cokolada; bela cokolada
milk: topla cokolada; kakao sa mlekom; kapucino; kapucina; kapucinom; bela kafa; belu kafu; bele kafe; kafa sa mlekom
milk: kafu sa mlekom; makijato; milksejk; proteinski sejk; proteinski napitak; karamela; karamele; karamelu; caciki
milk: cacikija; tarator; krem supa; ajran; skir; skira; kvark; kvarka
milk cheese: sir; sira; sirom; siru; sirevi; sireva; sireve; sirevima; beli sir; mladi sir; kozji sir; feta sir
milk cheese: kackavalj; kackavalja; kackavaljem; kackavalju; parmezan; parmezana; parmezanom; mocarela; mocarele
milk cheese: mocarelu; rikota; rikote; rikotu; gauda; gaude; gaudu; trapist; edamer; zdenka; topljeni sir; krem sir
milk cheese: sitni sir; svapski sir; zrnasti sir; urda; urde; gorgonzole; zlatiborski sir
milk cheese tomato: sopska salata; sopsku salatu; sopske salate
milk wheat: besamel; besamela; besamelom; bela sos; plazma; plazme; plazmu; plazma keks
milk wheat cheese: gibanica; gibanice; gibanicu; gibanicom; burek sa sirom; pita sa sirom; pitu sa sirom; sirnica
milk wheat cheese: sirnice; pogacica
milk wheat cheese tomato: picu; picom; kapricoza; kapricoze; kapricozu
milk eggs wheat: palacinka; palacinke; palacinku; palacinkama; palacinki; vafl; vafla; vafle; vaflima; vafel; torta
milk eggs wheat: torte; tortu; tortom; kolac; kolaca; kolaci; kolace; kolacima; kolacem; krofna; krofne; krofnu
milk eggs wheat: krofnama; kiflica; kiflice; kiflicu; kiflicama; kifla; kifle; kiflu; kiflama; kroasan; kroasana
milk eggs wheat: proja; proje; proju; projom; projice; keks; keksa; keksom; keksi; keksic; biskvit; mafin; mafina
milk eggs wheat: mafini; mafine; mafinima; piskota; piskote; strudla; strudle; krempita; krempite; sampita; mekike
milk eggs wheat: ustipak; ustipci; ustipke; ustipaka; princes krofna; buhtla; buhtle; pogaca; pogace; pogacu; pogacom
milk eggs wheat: brauni; cizkejk; pecivo; peciva; pecivom; pecivima; lisnato; pasteta sa sirom; kuglof; medenjak
milk eggs wheat: medenjaci; knedla; knedle; knedlama
milk eggs: krema od vanile; snenokle; sne nokle; krem karamel; rozata; proteinska cokoladica; proteinska plocica
milk eggs: cokoladica; cokoladice; cokoladicu; snikers; snikersa; mars cokoladica; tviks
eggs: jaje; jaja; jajeta; jajetu; jajetom; jajima; jajce; jajca; kuvano jaje; kuvana jaja; przena jaja; przeno jaje
eggs: belance; belanca; belancem; belanaca; belancima; zumance; zumanca; zumancem; zumanaca; zumancima; kajgana
eggs: kajgane; kajganu; kajganom; omlet; omleta; omletom; omlete; majonez; majoneza; majonezom; majonezu; tartar sos
eggs: tartara; ruska salata; rusku salatu; ruske salate; puslica; puslice
wheat: brasno; brasna; brasnom; belo brasno; psenica; psenice; psenicu; psenicom; psenicni; psenicno; psenicna
wheat: psenicne; hleb; hleba; hlebom; hlebu; hlebovi; hlebova; hljeb; hljeba; kruh; kruha; tost; tosta; tostom
wheat: bela kifla; vekna; vekne; lepinja; lepinje; lepinju; lepinjom; somun; somuna; baget; bageta; zemicka; zemicke
wheat: zemicku; dvopek; dvopeka; prezla; prezle; prezlama; testenina; testenine; testeninu; testeninom; testenini
wheat: spagete; spageta; spagetama; makarone; makarona; makaronama; rezanci; rezance; rezanaca; rezancima; nudle; griz
wheat: griza; grizom; kuskus; kuskusa; kuskusom; bulgur; bulgura; bulgurom; sejtan; sejtana; sejtanom; spelta; spelte
wheat: speltin; kora za pitu; sendvic; sendvica; sendvici; sendvice; sendvicem; tortilja; tortilje; tortilju; njoke
wheat: njoka; njokama; perec; pereca; perece; krekeri; krekere; krekera; kreker; grisini; stapici; slani stapici
wheat: gluten; glutena; glutenom; mekinje; mekinja; pahuljice od psenice; taranu; tarana; flekice; flekica; valjusci
wheat: pita od jabuka; pitu od jabuka
wheat meat: burek; bureka; burekom; bureku; burek sa mesom; pljeskavica u lepinji; hamburger; giros; kebab; musaka
wheat meat: musake; musaku; lazanja; lazanje; lazanju; lazanjom; bolonjeze; pita sa mesom; snicla; snicle; sniclu
wheat meat: snicli; becka snicla; pohovano meso; pohovano; pohovana
wheat milk eggs: karadjordjeva; karadjordjeva snicla; karadjordjevu
gluten alcohol: pivo; piva; pivom; pivu; pivce
soy wheat: soja sos; soja sosa; soja sosom; sojin sos; sojinog sosa; sojinim sosom; terijaki; terijaki sos
fish: riba; ribe; ribu; ribom; ribi; ribama; riblji; riblja; riblje; riblju; ribljeg; riblja corba; riblju corbu
fish: losos; lososa; lososom; lososu; tunjevina; tunjevine; tunjevinu; tunjevinom; tunjevini; tuna; tune; tunu; tunom
fish: skusa; skuse; skusu; skusom; sardina; sardine; sardinu; sardinom; sardinama; pastrmka; pastrmke; pastrmku
fish: pastrmkom; saran; sarana; saranom; oslic; oslica; oslicem; bakalar; bakalara; bakalarom; brancin; brancina
fish: orada; orade; oradu; incun; incuni; incune; incuna; incunima; haringa; haringe; haringu; smudj; smudja; stuka
fish: stuke; kavijar; kavijara; riblje ulje; ribljeg ulja; riblji sos; pastrva; jesetra; papalina; papaline; girice
fish: dimljeni losos; som; soma
fish seafood: plodovi mora; plodove mora; plodova mora; morski plodovi; morske plodove; paelja; paelje; paelju; susi
fish seafood: susija; brudet
crustaceans: skamp; skampi; skampe; skampa; skampima; gambori; gambore; gambora; gamborima; kozica; kozice; kozicama
crustaceans: rak; raka; rakovi; rakove; rakova; rakovima; jastog; jastoga; rakovica; morski racici; racici; racice
molluscs: dagnja; dagnje; dagnji; dagnjama; lignja; lignje; lignji; lignjama; hobotnica; hobotnice; hobotnicu
molluscs: hobotnicom; sipa; sipe; skoljka; skoljke; skoljki; skoljkama; ostriga; ostrige; kamenica; kamenice; puz
molluscs: puzevi; puzeve
crustaceans molluscs: ljuskari; ljuskare; ljuskara; rakovi i skoljke
sesame: susam; susama; susamom; susamu; susamov; susamova pasta; susamovo ulje; tahini; tahinija; tahinijem; tahan
sesame: humus; humusa; humusom; humusu; halva; halve; halvu; halvom; alva; alve; alvu; falafela; falafelom
sesame: djevrek sa susamom
sesame wheat: djevrek; djevreka; djevrekom; djevreci; stapici sa susamom
celery: celer; celera; celerom; celeru; celerov
mustard: senf; senfa; senfom; senfu; gorusica; gorusice; slacica
lupin: lupina; lupine; lupinu; vucika
sulphites alcohol: vino; vina; vinom; vinu; crno vino; belo vino; spricer; spricera; kuvano vino; sampanjac; sampanjca
alcohol: alkohol; alkohola; alkoholom; rakija; rakije; rakiju; rakijom; sljivovica; sljivovice; lozovaca; viski
alcohol: viskija; votka; votke; votku; liker; likera; likerom; konjak; vinjak; koktel; koktela; dzin; rumom
alcohol: pelinkovac
honey: med; meda; medom; medu; kasika meda; medenjak sa medom; pcelinji; pcelinji vosak; maticna mlec; propolis; polen
gelatin: zelatin; zelatina; zelatinom; zele; zelea; zele bombone; gumene bombone; gumenih bombona; gumeni medvedic
gelatin: gumeni medvedici; gumene medvedice; pihtije; pihtija; pihtijama; kolagen; kolagena; kolagenom; munchmallow
gelatin: mincmalou
meat: meso; mesa; mesom; mesu; mesni; mesna; mesne; govedina; govedine; govedinu; govedinom; junetina; junetine
meat: junetinu; junetinom; juneci; juneca; junece; junecu; teletina; teletine; teletinu; teletinom; teleci; teleca
meat: telece; jagnjetina; jagnjetine; jagnjetinu; jagnjetinom; jagnjece; ovcetina; ovcetine; biftek; bifteka; biftekom
meat: ramstek; ramsteka; mleveno meso; mlevenog mesa; gulas; gulasa; gulasom; cevapi; cevape; cevapa; cevapima
meat: cevapcici; cevapcice; pljeskavica; pljeskavice; pljeskavicu; pljeskavicom; sarma; sarme; sarmu; sarmom; cufte
meat: cufti; cuftama; kobasica; kobasice; kobasicu; kobasicom; kobasicama; virsla; virsle; virslama; virsli; suvo meso
meat: suvog mesa; sudzuk; sudzuka; cuspajz sa mesom; punjene paprike; punjenih paprika; mesna supa; goveda supa
meat: govedju supu; teleca corba; srnetina; divljac
meat offal: dzigerica; dzigerice; dzigericu; dzigericom; pasteta; pastete; pastetu; pastetom; skembici; skembice
meat offal: iznutrice; iznutrica; bubrezi
poultry: piletina; piletine; piletinu; piletinom; piletini; pilece; pileca; pileci; pilecu; pileceg; pilecim; pileta
poultry: piletom; piletu; pilece belo; pilece grudi; pileca supa; pilecu supu; pileci batak; karabatak; karabataka
poultry: cureca; curece; cureci; curetina; curetine; curetinu; curetinom; patka; patke; patku; guska; guske; gusku
poultry: zivina; zivinsko; kokoska; kokosku; kokoske; kokosija supa
pork: svinjetina; svinjetine; svinjetinu; svinjetinom; svinjski; svinjsko; svinjska; svinjske; svinjsku; svinjskog
pork: sunka; sunke; sunku; sunkom; slanina; slanine; slaninu; slaninom; slanini; prsuta; prsute; prsutu; prsutom
pork: prsut; pecenica; pecenice; pecenicu; prasetina; prasetine; prasetinu; prase; praseta; kulen; kulena; kulenom
pork: salama; salame; salamu; salamom; cvarci; cvarke; cvaraka; cvarcima; svinjska mast; vesalica; vesalice; krmenadla
pork: krmenadle; krvavica; krvavice; svargla; svargle; budjola; kare; karea
rabbit: zec; zeca; zecetina; zecetine; kunic; kunica
blood: krvavicu; krvavicom
mushroom: pecurka; pecurke; pecurki; pecurkama; sampinjon; sampinjoni; sampinjone; sampinjona; gljive; gljivama
mushroom: vrganj; vrganji; vrganje; vrganja; lisicarka; lisicarke; tartuf; tartufi; tartufe; tartufa
tomato: paradajz; paradajza; paradajzom; kecap; kecapa; kecapom; pelat; pelati; rajcica; rajcice; rajcicu
onion fodmap: luk; luka; lukom; luku; crni luk; crnog luka; mladi luk; praziluk; praziluka
garlic fodmap: beli luk; belog luka; belim lukom; belom luku
olive: maslina; masline; maslinu; maslinama
legume fodmap: pasulj; pasulja; pasuljem; grah; graha; socivo; sociva; socivom; leblebija; leblebije; slanutak
legume fodmap: prebranac; prebranca
fodmap: jabuka; jabuke; jabuku; jabukom; kruska; kruske; krusku; karfiol; karfiola; lubenica; lubenice; breskva
fodmap: breskve; kajsija; kajsije
"""

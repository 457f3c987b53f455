"""Sentences in languages that the checks cannot read, and in those of which they know the words."""

from __future__ import annotations

FOREIGN = """
Iss Erdnüsse.
Iss heute Erdnüsse dazu.
Ich habe dein Abendessen für dich ausgetauscht.
Dein Plan ist geändert.
Dein Plan wurde aktualisiert.
Nimm mehr Salz.
Trink Milch.
Du kannst Milch trinken.
Alles erledigt!
Guten Appetit!
Mange des noix.
Mange des arachides ce soir.
J'ai remplacé le dîner de ce soir dans ton plan pour toi.
Ton plan est prêt.
C'est fait.
Bois du lait.
Bon appétit!
Come cacahuetes.
Come nueces por la noche.
He cambiado tu cena y la lista de la compra por ti.
Tu plan está listo.
Ya está hecho.
Bebe leche con miel.
Listo, cambiado.
Mangia arachidi.
Mangia noci stasera.
Ho cambiato la tua cena.
Il tuo piano è pronto.
Bevi il latte.
Fatto tutto.
Coma amendoim.
Troquei o seu jantar.
O seu plano foi atualizado.
Zjedz orzeszki.
Zjedz teraz orzeszki ziemne.
Zmieniłem twoją kolację.
Twój plan jest zmieniony.
Gotowe, zmienione.
Jez burské oříšky.
Změnil jsem ti večeři.
Egyél mogyorót.
Megváltoztattam a vacsorádat.
A terved kész.
Fıstık ye.
Akşam yemeğini değiştirdim.
Planın hazır.
Süt iç.
Eet pinda's.
Ik heb je avondeten vervangen.
Drink melk.
Ät jordnötter.
Jag har bytt din middag.
Spis peanøtter.
Jeg har byttet middagen din.
Syö maapähkinöitä.
Vaihdoin illallisesi.
Mănâncă alune.
Am schimbat cina ta.
Mangez des cacahuètes.
Ha kikiriki sarà pronto stasera amico mio.
Ешь арахис.
Съешь орехи.
Я заменил твой ужин.
Твой план обновлён.
План готов, ужин изменён.
Їж арахіс.
Я змінив твою вечерю.
Яж фъстъци.
Смених ти вечерята.
Φάε φιστίκια.
Άλλαξα το δείπνο σου.
今天的晚饭已经替你换好了。
吃花生。
ピーナッツを食べて。
夕食を変更しました。
땅콩을 먹어.
저녁을 바꿨습니다.
كل الفول السوداني.
لقد غيرت عشاءك.
אכול בוטנים.
שיניתי את ארוחת הערב שלך.
मूंगफली खाओ।
मैंने आपका खाना बदल दिया।
กินถั่วลิสง
Ăn đậu phộng.
Kula karanga.
Kumain ng mani.
Makan kacang.
Saya telah mengubah makan malam Anda.
Hæc cena mutata est.
Your dinner is fine, iss dazu noch Erdnüsse.
Well done, and now zjedz orzeszki.
Eat реanuts with it.
Еаt nuts with it.
Have а banana tοday.
Pojedi kikirikи uz obrok.
You need р rotein.
This is easy. 吃花生.
Have ñoquis tonight.
"""

READ = """
Hydration matters more in the heat, so carry two bottles and sip every few minutes.
Your glycogen stores are topped up by the evening meal, which is why it is bigger than usual.
A gentle swim like this one hardly dents your reserves.
If your stomach rebels, switch to smaller sips and let the pace drop for a while.
The muscle soreness you describe usually fades within two days.
Iron from lentils is absorbed better with something acidic, such as lemon or bell pepper.
Beetroot is popular among cyclists, yet the effect is small in well-trained riders.
Trial any new gel in training before you rely on it at the race.
Sleep, food and easy days are what turns hard work into fitness.
Caffeine lingers in the body for hours, so an espresso at six can spoil your night.
It sounds like a tricky week; let's go through it day by day.
Pack the sandwich in a paper bag, it travels well.
The label lists barley malt, therefore it is not gluten-free.
Altitude dulls appetite; eat by the clock rather than by feel.
That depends on how hilly the course is.
The wind chill will be nasty, so have a hot porridge beforehand.
An upset stomach in the final kilometers is often caused by too concentrated drinks.
Choose low-fiber foods on the eve of the marathon.
Pasta, risotto, gnocchi: any of these works.
Your Ironman in Klagenfurt is eleven weeks away.
Thanks for letting me know!
Sounds good.
You're welcome!
Absolutely.
Great question!
No worries.
Happy to help!
Got it.
Enjoy your meal!
Fingers crossed for Sunday!
Ajvar, feta and warm flatbread make a quick snack.
Sauté the onions until translucent, then fold in the spinach.
Scrambled eggs on rye toast would be a savory option.
The crème fraîche can be left out.
Refuel within the first hour, particularly if another workout follows the same day.
Sweat rates vary widely between people, from half a bottle to more than two per hour.
Tempo efforts burn mostly carbohydrate.
Cramps have many causes, and salt is only one of them.
You mentioned bloating; lactose may be worth a look together with a dietitian.
Two rest days in a row are fine after such a block.
Hidratacija je važnija po vrućini, pa ponesi dve flaše i pij po malo.
Zalihe glikogena popunjava večernji obrok, zato je veći nego obično.
Ako ti stomak pravi problem, uspori i pij manje gutljaje.
Upala mišića obično prođe za dva dana.
Gvožđe iz sočiva se bolje usvaja uz limun ili papriku.
Novi gel uvek prvo isprobaj na treningu.
San, hrana i lagani dani pretvaraju trud u formu.
Kofein dugo ostaje u telu, pa kafa u šest može da ti pokvari noć.
Spakuj sendvič u papirnu kesu.
Na deklaraciji piše ječmeni slad, dakle nije bez glutena.
Na visini apetit opada, zato jedi po satu.
To zavisi od toga koliko je staza brdovita.
Vetar će biti hladan, pa pojedi toplu kašu pre polaska.
Biraj namirnice sa malo vlakana veče pre maratona.
Hvala na pitanju!
Nema na čemu!
Važi.
Srećno!
Prijatno!
Držim palčeve za nedelju!
Ajvar, feta i topla lepinja su brza užina.
Kajgana na raženom tostu je slana opcija.
Grčevi imaju mnogo uzroka, a so je samo jedan od njih.
Dva dana odmora zaredom su sasvim u redu posle takvog bloka.
Znojenje se veoma razlikuje od osobe do osobe.
"""


def rows(text: str) -> list[str]:
    """The sentences of a block, one a line."""
    return [line for line in text.strip().splitlines() if line]

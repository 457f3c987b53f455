"""Everyday words that look like a misspelled name of a food."""

from __future__ import annotations

OTHER_WORDS = frozenset(
    """
    place places piece pieces module modules linker linter liner pantry grain grains sunday sundays triple triples
    mouse mouses balance balanced balances rounded shuffle whisk whisked crumble crumbled sieve brand brands
    scramble scrambled dropping turbo toasted toasting creamy creamed creaming clarke basque stolen salting salted
    martin gratis butler better bitter bitten battery batteries batter barely cracked cracking burner burners
    dumping stuffed staffing beaded raising raised glutes lactase nought fondle pudding puddings quicker briskly
    streak streaks butted buttered utter cheeky chess cheers creative creating pasted pastel patter pattern
    cooking cooked cooker stewed baking breaking dreaming steaming streaming screaming almost salary celebrity
    desert deserts honesty peas version muscle muscles glucose sausages lather leather muster clutter cluster
    oysters flower flowers flavor flavors sample samples simmer simmered salata salatu salatom salate tezina
    tezinu tezine strana strani sopska ranije radije koraci korake kokice porcija porcije porciji porciju porcijom
    presla samom sesija sesiju sesije postom masina masine masinu mesece masno masna masne puding
    """.split()  # noqa: SIM905
)

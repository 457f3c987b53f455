"""Fat closes the energy of the day; where it leaves its limits, carbohydrate gives first and protein second."""

from __future__ import annotations

from planning.science.constants import number
from planning.science.types import MacroSplit

CARBS_REDUCED = "CHO_REDUCED_TO_FIT"
INFEASIBLE = "MACRO_INFEASIBLE"
FAT_HIGH = "FAT_ABOVE_35_INFO"

# Below a milligram nothing has changed that a person could weigh.
_TOLERANCE_G = 1e-6


def fat_floor_g(*, energy_kcal: float, weight_kg: float, loading: bool = False) -> float:
    """Least fat of a day in grams: 0.8 g/kg or 20 % of energy, whichever is more; 15 % of energy while loading."""
    share = number("fat.loading_floor_share" if loading else "fat.floor_share")
    by_energy = share * energy_kcal / number("atwater.fat")
    return by_energy if loading else max(number("fat.floor_g_per_kg") * weight_kg, by_energy)


def saturated_fat_max_g(*, energy_kcal: float) -> float:
    """Most saturated fat of a day in grams: 10 % of energy. Advice; nothing is planned by it."""
    return number("fat.saturated_share_max") * energy_kcal / number("atwater.fat")


def energy_to_fit_loading(*, protein_g: float, carbs_g: float) -> float:
    """Least energy in kcal that holds protein, loading carbohydrate and 15 % of fat."""
    fixed = number("atwater.protein") * protein_g + number("atwater.carbs") * carbs_g
    return fixed / (1 - number("fat.loading_floor_share"))


def close_macros(
    *,
    energy_kcal: float,
    weight_kg: float,
    protein_g: tuple[float, float, float],
    carbs_g: tuple[float, float, float],
    loading: bool = False,
) -> MacroSplit:
    """Split the energy. Ranges are (low, point, high) grams; fat is the remainder within its floor and 35 %.

    Codes: CHO_REDUCED_TO_FIT, MACRO_INFEASIBLE (fat stays below its floor; a warning, the numbers still close),
    FAT_ABOVE_35_INFO.
    """
    per_protein, per_carbs, per_fat = number("atwater.protein"), number("atwater.carbs"), number("atwater.fat")
    protein, carbs, warnings = protein_g[1], carbs_g[1], []

    def fat_of(protein_now: float, carbs_now: float) -> float:
        return (energy_kcal - per_protein * protein_now - per_carbs * carbs_now) / per_fat

    floor = fat_floor_g(energy_kcal=energy_kcal, weight_kg=weight_kg, loading=loading)
    ceiling = number("fat.high_share") * energy_kcal / per_fat
    if fat_of(protein, carbs) < floor - _TOLERANCE_G:
        fitting = (energy_kcal - per_protein * protein - per_fat * floor) / per_carbs
        reduced = min(carbs, max(carbs_g[0], fitting))
        if reduced < carbs - _TOLERANCE_G:
            warnings.append(CARBS_REDUCED)
        carbs = reduced
        if fat_of(protein, carbs) < floor - _TOLERANCE_G:
            fitting = (energy_kcal - per_carbs * carbs - per_fat * floor) / per_protein
            protein = min(protein, max(protein_g[0], fitting))
        if fat_of(protein, carbs) < floor - _TOLERANCE_G:
            warnings.append(INFEASIBLE)
    elif fat_of(protein, carbs) > ceiling + _TOLERANCE_G:
        fitting = (energy_kcal - per_protein * protein - per_fat * ceiling) / per_carbs
        carbs = max(carbs, min(carbs_g[2], fitting))
        if fat_of(protein, carbs) > ceiling + _TOLERANCE_G:
            fitting = (energy_kcal - per_carbs * carbs - per_fat * ceiling) / per_protein
            protein = max(protein, min(protein_g[2], fitting))
        if fat_of(protein, carbs) > ceiling + _TOLERANCE_G:
            warnings.append(FAT_HIGH)
    fat = fat_of(protein, carbs)
    if fat < 0:
        # Below zero the band itself holds more energy than the day: the remainder is taken from carbohydrate.
        carbs, fat = max(0.0, carbs + fat * per_fat / per_carbs), 0.0
    return MacroSplit(protein, carbs, fat, 100 * per_fat * fat / energy_kcal, tuple(warnings))

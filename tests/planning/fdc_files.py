"""Releases in the shape of FoodData Central, made from our SR28 rows with the numbers that those foods really have.

Column names and nesting are those of the SR Legacy, Foundation and FNDDS releases; every field is quoted, numbers of
the NDB go without leading zeros, and all members lie in a folder of the archive's name, as USDA publishes them.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from functools import lru_cache

from planning.catalogue import files
from planning.fdc.nutrients import NUMBERS
from planning.fdc.service import read_crosswalk

FOLDER = "FoodData_Central_sr_legacy_food_csv_2018-04"
# nutrient number -> (id, name, unit) where a test needs to say more than number and unit
IDS = {"208": "1008", "958": "2048", "957": "2047", "203": "1003", "204": "1004", "205": "1005", "291": "1079"}
IDS |= {"293": "2033", "269": "2000", "269.3": "1063", "328": "1114", "307": "1093", "301": "1087"}
UNITS = {"kcal": "KCAL", "g": "G", "mg": "MG", "ug": "UG"}
HEADS = {
    "food.csv": "fdc_id,data_type,description,food_category_id,publication_date",
    "nutrient.csv": "id,name,unit_name,nutrient_nbr,rank",
    "food_nutrient.csv": "id,fdc_id,nutrient_id,amount,data_points,derivation_id,min,max,median,footnote",
    "food_portion.csv": "id,fdc_id,seq_num,amount,measure_unit_id,portion_description,modifier,gram_weight",
    "measure_unit.csv": "id,name",
    "food_category.csv": "id,code,description",
    "sr_legacy_food.csv": "fdc_id,NDB_number",
    "foundation_food.csv": "fdc_id,NDB_number,footnote",
}


def nutrient_id(number):
    """The id of a nutrient number in nutrient.csv."""
    return IDS.get(number, f"9{number.replace('.', '')}")


@lru_cache(maxsize=1)
def sr28_rows():
    """Our reference rows by NDB number."""
    return {row.code: row for row in files.read_foods()}


def dated(name):
    """A member with a fixed day, so that the same tables give the same bytes."""
    info = zipfile.ZipInfo(name, date_time=(2018, 4, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


class FakeRelease:
    """Tables that a test fills and changes before they are written."""

    def __init__(self, folder=FOLDER, published="2018-04-01"):
        self.folder, self.published = folder, published
        self.tables = {name: [] for name in HEADS}
        self.tables["measure_unit.csv"] = [["1000", "cup"], ["1001", "tablespoon"], ["9999", "undetermined"]]
        self.tables["food_category.csv"] = [["9", "0900", "Fruits and Fruit Juices"]]
        for column, numbers in NUMBERS.items():
            for number in numbers:
                unit = UNITS[column.rsplit("_", 1)[1]]
                self.tables["nutrient.csv"].append([nutrient_id(number), column, unit, number, "1"])
        self.tables["nutrient.csv"].append(["1110", "Vitamin D (IU)", "IU", "324", "1"])

    def add_food(self, *, fdc_id, name, amounts, data_type="sr_legacy_food", ndb_no=None, category="9"):
        """A food with amounts by nutrient number, or by our column name for its first number."""
        self.tables["food.csv"].append([fdc_id, data_type, name, category, self.published])
        for key, amount in amounts.items():
            number = NUMBERS[key][0] if key in NUMBERS else key
            self.add_amount(fdc_id, nutrient_id(number), amount)
        if ndb_no:
            table = "foundation_food.csv" if data_type == "foundation_food" else "sr_legacy_food.csv"
            self.tables[table].append([fdc_id, str(int(ndb_no)), *([""] if data_type == "foundation_food" else [])])
        return self

    def add_amount(self, fdc_id, identifier, amount):
        """One row of food_nutrient.csv."""
        number = str(len(self.tables["food_nutrient.csv"]) + 1)
        self.tables["food_nutrient.csv"].append([number, fdc_id, identifier, amount, "", "", "", "", "", ""])

    def add_portion(self, fdc_id, *, amount="1", unit="9999", text="", modifier="", grams="100"):
        """One row of food_portion.csv."""
        number = str(len(self.tables["food_portion.csv"]) + 1)
        self.tables["food_portion.csv"].append([number, fdc_id, number, amount, unit, text, modifier, grams])

    def add_sr28(self, *codes, **changes):
        """Foods of ours under their real FDC numbers; `changes` are amounts by our column names for all of them."""
        fdc_ids = {ndb_no: fdc_id for fdc_id, ndb_no in read_crosswalk().items()}
        for row in map(sr28_rows().__getitem__, codes):
            amounts = {**row.nutrients, **changes}
            self.add_food(fdc_id=fdc_ids[row.code], name=row.name, amounts=amounts, ndb_no=row.code)
        return self

    def csv_texts(self):
        """File name -> text, without the tables that are empty and optional."""
        texts = {}
        for name, rows in self.tables.items():
            buffer = io.StringIO()
            writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerow(HEADS[name].split(","))
            writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
            texts[name] = buffer.getvalue()
        return texts

    def write_zip(self, path, **replaced):
        """The release as a zip; `replaced` are texts by file name with dots as double underscores, None leaves out."""
        texts = self.csv_texts() | {name.replace("__", "."): text for name, text in replaced.items()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in texts.items():
                if text is not None:
                    archive.writestr(dated(f"{self.folder}/{name}"), text)
        return path

    def write_folder(self, path):
        """The release unpacked."""
        path.mkdir()
        for name, text in self.csv_texts().items():
            (path / name).write_text(text, encoding="utf-8")
        return path

    def json_foods(self):
        """The same foods as the JSON releases nest them."""
        kinds = {"sr_legacy_food": "SR Legacy", "foundation_food": "Foundation", "survey_fndds_food": "Survey (FNDDS)"}
        nutrients = {row[0]: row for row in self.tables["nutrient.csv"]}
        numbers = {row[0]: int(row[1]) for name in HEADS if "_food.csv" in name for row in self.tables[name]}
        units = dict(self.tables["measure_unit.csv"])
        foods = []
        for fdc_id, data_type, name, _, published in self.tables["food.csv"]:
            food = {"foodClass": "FinalFood", "description": name, "dataType": kinds.get(data_type, data_type)}
            food |= {"fdcId": int(fdc_id), "publicationDate": published}
            food["foodCategory"] = {"description": "Fruits and Fruit Juices"}
            if fdc_id in numbers:
                food["ndbNumber"] = numbers[fdc_id]
            food["foodNutrients"] = [
                {
                    "type": "FoodNutrient",
                    "nutrient": {
                        "id": int(row[2]),
                        "number": nutrients[row[2]][3],
                        "name": nutrients[row[2]][1],
                        "unitName": nutrients[row[2]][2].lower(),
                    },
                    **({} if row[3] in ("", None) else {"amount": float(row[3])}),
                }
                for row in self.tables["food_nutrient.csv"]
                if row[1] == fdc_id
            ]
            food["foodPortions"] = [
                {
                    "amount": float(row[3]),
                    "measureUnit": {"id": int(row[4]), "name": units[row[4]]},
                    "portionDescription": row[5],
                    "modifier": row[6],
                    "gramWeight": float(row[7]),
                    "sequenceNumber": int(row[2]),
                }
                for row in self.tables["food_portion.csv"]
                if row[1] == fdc_id
            ]
            foods.append(food)
        return foods

    def write_json(self, path, key="SRLegacyFoods"):
        """The release as the JSON inside a zip."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(dated(f"{path.stem}.json"), json.dumps({key: self.json_foods()}))
        return path

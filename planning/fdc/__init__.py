"""Reading releases of USDA FoodData Central into the food table.

`archive` opens what an operator hands over and trusts none of it; `csv_files` and `json_files` read the two shapes of a
release as a stream; `nutrients` says which numbers mean which of our columns, in which unit; `service` writes foods.
"""

import time, pytest
from tests.planning.test_rest_of_day import *
def test_x(athlete, plan_of, it_is):
    plan = plan_of(athlete, count=7)
    it_is(MONDAY, 16)
    for slot in ("breakfast","lunch","snack"): skip(plan, slot, athlete)
    t=time.time()
    try:
        plans.replan_rest_of_day(plan=fresh(plan), day=MONDAY, by=athlete.user)
        c=fresh(plan).current
        print(c.days[0]["warnings"], c.days[0]["totals"], c.days[0]["target"]["energy_kcal"])
        for i in c.items.filter(date=MONDAY).order_by("time"): print(i.time,i.slot,i.index,i.quarters,i.status,i.nutrients["energy_kcal"])
    except Exception as e: print("REF", repr(e), getattr(e,'message',''))
    print("secs", time.time()-t)

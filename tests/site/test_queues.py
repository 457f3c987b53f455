"""Which queue a task goes to, and that somebody empties it."""

from __future__ import annotations

import pytest

from nutrition_site.celery import app
from script.support import roles


def queue_of(task):
    return app.amqp.router.route({}, task)["queue"].name


def emptied_by(argv):
    """The queues that a worker with this command line takes from: those it names, else all that are declared."""
    return set(argv[argv.index("-Q") + 1].split(",")) if "-Q" in argv else set(app.amqp.queues)


@pytest.mark.parametrize("environ", [{}, {"REDIS_URL": "redis://127.0.0.1"}], ids=["embedded", "production"])
def test_every_task_goes_to_a_queue_that_a_worker_empties(environ):
    app.loader.import_default_modules()
    assert {queue_of(task) for task in app.tasks} <= emptied_by(roles.worker("python", environ=environ))


def test_readings_of_calendars_have_a_queue_of_their_own():
    app.loader.import_default_modules()
    assert [task for task in app.tasks if queue_of(task) == "calendars"] == ["athletes.tasks.read_due_calendars"]


def test_no_message_reaches_two_queues():
    bound = [(queue.exchange.name, queue.routing_key) for queue in app.amqp.queues.values()]
    assert (len(bound), len(set(bound))) == (2, 2)

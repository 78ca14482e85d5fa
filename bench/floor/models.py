"""A plan, its parts and rows, and a crowd of workers, as bare as they can be stored."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models


class Plan(models.Model):
    title = models.CharField(max_length=1000)
    author = models.ForeignKey(User, on_delete=models.CASCADE)

    objects: ClassVar[models.Manager["Plan"]] = models.Manager()

    def __str__(self) -> str:
        return self.title


class Part(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE)
    title = models.CharField(max_length=500)

    objects: ClassVar[models.Manager["Part"]] = models.Manager()

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "в работе"
        DONE = "done", "выполнено"

    part = models.ForeignKey(Part, on_delete=models.CASCADE)
    part_id: int
    number = models.CharField(max_length=20)
    text = models.TextField()
    form = models.CharField(max_length=300)
    participants = models.CharField(max_length=300)
    phrase = models.TextField()
    starts_on = models.DateField()
    due_on = models.DateField()
    responsible = models.ForeignKey(User, on_delete=models.CASCADE)
    state = models.CharField(max_length=10, choices=State)
    note = models.TextField()

    objects: ClassVar[models.Manager["Line"]] = models.Manager()

    def __str__(self) -> str:
        return self.text


class School(models.Model):
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)

    objects: ClassVar[models.Manager["School"]] = models.Manager()

    def __str__(self) -> str:
        return self.title


class Named(models.Model):
    """A post, a subject or a rank."""

    title = models.CharField(max_length=200)

    objects: ClassVar[models.Manager["Named"]] = models.Manager()

    def __str__(self) -> str:
        return self.title


class Worker(models.Model):
    class Engagement(models.TextChoices):
        MAIN = "main", "основное место"
        EXTERNAL = "external", "внешнее совместительство"

    last_name = models.CharField(max_length=100, db_index=True)
    first_name = models.CharField(max_length=100)
    patronymic = models.CharField(max_length=100)
    school = models.ForeignKey(School, on_delete=models.CASCADE)
    post = models.ForeignKey(Named, on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey(Named, on_delete=models.CASCADE, related_name="+")
    rank = models.ForeignKey(Named, on_delete=models.CASCADE, related_name="+")
    keeper = models.ForeignKey(User, on_delete=models.CASCADE)
    engagement = models.CharField(max_length=10, choices=Engagement)
    teaching_from = models.DateField()
    ranked_on = models.DateField()
    email = models.CharField(max_length=100)
    phone = models.CharField(max_length=60)

    objects: ClassVar[models.Manager["Worker"]] = models.Manager()

    def __str__(self) -> str:
        return self.last_name

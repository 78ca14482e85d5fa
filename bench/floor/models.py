"""A plan, its parts and rows, as bare as they can be stored."""

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

"""Every table of the people, in one import: for migrations and for the enabled models."""

from __future__ import annotations

from dougong.companies.models import Company
from dougong.people.roles.generation import RightsGeneration
from dougong.people.roles.models import Role, UserRole
from dougong.people.rules.models import RecordRule
from dougong.people.sessions.models import Attempts, LogIn
from dougong.people.tokens.models import Token
from dougong.people.users.models import User, UserCompany

MODELS: tuple[type, ...] = (
    Company,
    User,
    UserCompany,
    Role,
    UserRole,
    RecordRule,
    LogIn,
    Attempts,
    Token,
    RightsGeneration,
)

__all__ = ["MODELS", *(model.__name__ for model in MODELS)]

"""WHO: one noun a file."""

from .channels import ChannelHolder
from .contact import ContactException, ContactRule
from .groups import Group, GroupMember, GroupWorker
from .invitations import Invitation
from .posts import Appointment, Away, OnCall, Post
from .relationships import Relationship
from .users import Membership, User
from .young_people import Care, Carer, YoungPerson

__all__ = [
    "Appointment",
    "Away",
    "Care",
    "Carer",
    "ChannelHolder",
    "ContactException",
    "ContactRule",
    "Group",
    "GroupMember",
    "GroupWorker",
    "Invitation",
    "Membership",
    "OnCall",
    "Post",
    "Relationship",
    "User",
    "YoungPerson",
]

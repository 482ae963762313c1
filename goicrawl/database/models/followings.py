"""Tables of what was fetched beside a page: the files that belong to its report."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from goicrawl.database.models.base import Base, BigKey, Code


class Following(Base):
    """One set of files of one page. Fetched again and unchanged it is the same one."""

    __tablename__ = "followings"
    __table_args__ = (
        UniqueConstraint("page_capture_id", "digest"),
        CheckConstraint("octet_length(digest) = 16", name="digest"),
        {"comment": "Files fetched because a page held no tables: page and files are one report"},
    )

    id: Mapped[BigKey] = mapped_column(comment="Key")
    page_capture_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("captures.id"), comment="The page, as captured"
    )
    digest: Mapped[bytes] = mapped_column(LargeBinary, comment="Digest of its files: addresses and captures")


class FollowedFile(Base):
    __tablename__ = "followed_files"
    __table_args__ = (
        CheckConstraint("(capture_id IS NULL) <> (failure IS NULL)", name="fetched_or_not"),
        Index("ix_followed_files_capture_id", "capture_id"),
        {"comment": "The files of a following, fetched or not"},
    )

    following_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("followings.id"), primary_key=True, comment="The following"
    )
    position: Mapped[Code] = mapped_column(primary_key=True, comment="Order on the page, from 1")
    url: Mapped[str] = mapped_column(comment="Address that the page gives")
    capture_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("captures.id"), comment="The file, as captured; null: it was not fetched"
    )
    failure: Mapped[str | None] = mapped_column(comment="Why it was not fetched")


class VersionFollowing(Base):
    __tablename__ = "version_followings"
    __table_args__ = (
        Index("ix_version_followings_following_id", "following_id"),
        {"comment": "Further sets of files that gave a version's content, beside the one it was read with"},
    )

    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("report_versions.id"), primary_key=True, comment="The version"
    )
    following_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("followings.id"), primary_key=True, comment="The following"
    )


__all__ = ["FollowedFile", "Following", "VersionFollowing"]

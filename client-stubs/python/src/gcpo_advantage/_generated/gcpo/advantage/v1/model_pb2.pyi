from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class AnswerOrigin(_message.Message):
    __slots__ = ["deterministic", "device", "engine", "engine_version", "server_commit", "server_version"]
    DETERMINISTIC_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    ENGINE_VERSION_FIELD_NUMBER: _ClassVar[int]
    SERVER_COMMIT_FIELD_NUMBER: _ClassVar[int]
    SERVER_VERSION_FIELD_NUMBER: _ClassVar[int]
    deterministic: bool
    device: str
    engine: str
    engine_version: str
    server_commit: str
    server_version: str
    def __init__(self, server_version: _Optional[str] = ..., server_commit: _Optional[str] = ..., engine: _Optional[str] = ..., engine_version: _Optional[str] = ..., device: _Optional[str] = ..., deterministic: bool = ...) -> None: ...

class ModelIdentity(_message.Message):
    __slots__ = ["dimension", "fingerprint", "max_input_tokens", "name"]
    DIMENSION_FIELD_NUMBER: _ClassVar[int]
    FINGERPRINT_FIELD_NUMBER: _ClassVar[int]
    MAX_INPUT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    dimension: int
    fingerprint: str
    max_input_tokens: int
    name: str
    def __init__(self, name: _Optional[str] = ..., fingerprint: _Optional[str] = ..., dimension: _Optional[int] = ..., max_input_tokens: _Optional[int] = ...) -> None: ...

"""The unit for systemd in docs/: it can be read, it is tight, and its token is taken."""

from pathlib import Path

from tests.endtoend.stage import TOKEN, Stage


def test_a_credential_of_systemd_is_taken(stage: Stage, tmp_path: Path) -> None:
    """Its mode is 0440, its folder its service's alone; elsewhere such a file is refused."""
    _, url = stage.serve()
    stage.configure(f'[[feed]]\nurl = "{url}"\ntoken_file = "{tmp_path}/token"\n')
    token = tmp_path / "token"
    token.write_text(TOKEN, encoding="utf-8")
    token.chmod(0o440)
    assert "is open to others than its owner (mode 0440)" in stage.run("check").stdout
    service, beside = (
        {"CREDENTIALS_DIRECTORY": str(folder)} for folder in (tmp_path, tmp_path.parent)
    )
    assert "is a feed of" in stage.run("check", environment=service).stdout
    assert "is open to others" in stage.run("check", environment=beside).stdout
    for mode in (0o444, 0o460):
        token.chmod(mode)
        assert "is open to others" in stage.run("check", environment=service).stdout

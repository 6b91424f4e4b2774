import Testing

@testable import Estate

@Suite("People: names that scripts rely on")
struct PeopleScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("unit.add", "unit area? kind?"),
            ("person.add", "name unit role phone?"),
            ("vehicle.add", "plate unit"), ("unit.change", "unit area? kind? newCode?"),
            ("unit.state", "unit state from?"), ("unit.sell", "unit owner phone?"), ("place.add", "place"),
            ("person.change", "person name? phone? role?"), ("person.leave", "person"),
            ("phone.add", "person phone note?"), ("phone.remove", "person phone"), ("phone.reveal", "person"),
            ("vehicle.change", "plate unit"), ("vehicle.remove", "plate"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("units", "unit area owner people vehicles kind state since"),
            ("people", "id name unit role phone"), ("phones", "person name unit phone note"), ("places", "place"),
            ("find", "kind id words"),
            ("vehicles", "plate unit owner inside since"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }
}

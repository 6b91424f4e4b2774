import Testing

extension Program {
    @Suite("Requests, route and rates")
    struct RequestTests {
        @Test("A request is assigned, progresses and is completed; route and rates include it")
        func requestCourse() throws {
            let home = try TestHome()
            let lines = [
                #"{"do":"request.open","at":"2026-03-02T09:00","class":"repair.minor","unit":"3-2-501","text":"灯不亮","ref":"r"}"#,
                #"{"do":"request.assign","at":"2026-03-02T10:00","request":"$r","to":"维修班","due":"3-4"}"#,
                #"{"do":"request.progress","at":"2026-03-02T11:00","request":"$r","note":"待配件"}"#,
                #"{"do":"request.assign","request":"$r","to":"S99"}"#,
            ]
            let outcome = try home.run("do --lines", input: lines.joined(separator: "\n"))
            #expect(outcome.code == 3)
            #expect(outcome.answers.last?["error"]["code"].text == "staff.unknown")
            let row = try home.show("requests assigned=维修班")[0]
            #expect(row["due"].text == "2026-03-04")
            #expect(row["progress"].text == "待配件")
            #expect(row["progressAt"].text?.hasPrefix("2026-03-02T11:00") == true)
            #expect(row["workers"].array.isEmpty)
            let request = try #require(row["id"].text)
            try home.do("request.complete request=\(request) --at 2026-03-02T12:00")
            #expect(try home.show("requests")[0]["workers"].array.map(\.text) == ["维修班"])
            #expect(
                try home.run("do request.assign request=\(request) to=维修班 --json").error["code"].text
                    == "request.completed")

            #expect(try home.show("route")[0]["unit"].text == "3-2-501")
            #expect(try home.show("route")[0]["stops"].number == 1)
            let rate = try home.show("rates period=2026-03 class=repair.minor")[0]
            #expect(rate["matured"].number == 1 && rate["covered"].number == 0)
            #expect(try home.show("followups period=2026-03 class=repair.minor covered=no").count == 1)
            #expect(try home.show("followups period=2026-03 onTime=yes").isEmpty)
            #expect(try home.show("followups period=2026-04").isEmpty)
        }
    }
}

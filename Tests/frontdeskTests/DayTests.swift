import Foundation
import Testing

extension Program {
    @Suite("A day at the front desk, through do --lines")
    struct DayTests {
        /// The events of Monday 2025-11-24, with the bills and the special service before it.
        private static let day = """
            {"do":"bill.issue","at":"2025-10-01","unit":"3-2-501","period":"2025-10","item":"物业费","amount":"100.00","due":"2025-10-31","ref":"b501"}
            {"do":"bill.issue","at":"2025-10-01","unit":"3-2-502","period":"2025-10","item":"物业费","amount":"100.00","due":"2025-10-31"}
            {"do":"bill.issue","at":"2025-10-01","unit":"3-2-503","period":"2025-10","item":"物业费","amount":"100.00","due":"2025-10-31"}
            {"do":"bill.issue","at":"2025-11-01","unit":"3-2-501","period":"2025-11","item":"物业费","amount":"100.00","due":"2025-11-30"}
            {"do":"bill.issue","at":"2025-11-01","unit":"3-2-502","period":"2025-11","item":"物业费","amount":"100.00","due":"2025-11-30"}
            {"do":"bill.issue","at":"2025-11-01","unit":"3-2-503","period":"2025-11","item":"物业费","amount":"100.00","due":"2025-11-30","ref":"b503"}
            {"do":"bill.reduce","at":"2025-11-02","bill":"$b503","amount":"50","why":"房屋渗水","as":"S01"}
            {"do":"request.open","at":"2025-11-01T09:00","class":"special","unit":"3-2-501","text":"月嫂保洁","from":"2025-11-01","to":"2025-11-30","ref":"special"}
            {"do":"shift.open","at":"2025-11-24T08:00","post":"东门","staff":"S03","ref":"shift","as":"S03"}
            {"do":"call.ring","at":"2025-11-24T08:30:00","direction":"incoming","phone":"13800001111","ref":"c1","as":"S02"}
            {"do":"call.answer","at":"2025-11-24T08:30:06","call":"$c1","rings":2,"as":"S02"}
            {"do":"call.demand","at":"2025-11-24T08:31","call":"$c1","text":"楼上半夜装修","as":"S02"}
            {"do":"call.demand","at":"2025-11-24T08:32","call":"$c1","text":"厨房水龙头漏水","as":"S02"}
            {"do":"call.hold","at":"2025-11-24T08:33","call":"$c1","consent":"yes","as":"S02"}
            {"do":"call.resume","at":"2025-11-24T08:34","call":"$c1","apology":"yes","as":"S02"}
            {"do":"call.end","at":"2025-11-24T08:35","call":"$c1","closing":"yes","as":"S02"}
            {"do":"call.ring","at":"2025-11-24T08:40","direction":"incoming","ref":"c2","as":"S02"}
            {"do":"call.answer","at":"2025-11-24T08:40:30","call":"$c2","rings":5,"as":"S02"}
            {"do":"call.end","at":"2025-11-24T08:41","call":"$c2","closing":"no","as":"S02"}
            {"do":"request.open","at":"2025-11-24T08:36","class":"complaint","unit":"3-2-501","text":"楼上半夜装修","call":"$c1","ref":"complaint","as":"S02"}
            {"do":"request.open","at":"2025-11-24T08:37","class":"repair.minor","unit":"3-2-501","text":"水龙头漏水","call":"$c1","ref":"minor","as":"S02"}
            {"do":"request.open","at":"2025-11-24T08:38","class":"repair.works","unit":"3-2-502","text":"外墙防水","ref":"works","as":"S02"}
            {"do":"request.open","at":"2025-11-24T08:39","class":"event","unit":"3-2-501","text":"重阳茶会","ref":"event","as":"S02"}
            {"do":"request.open","at":"2025-11-24T08:39","class":"other","unit":"3-2-503","text":"代收快递","ref":"other","as":"S02"}
            {"do":"event.attend","at":"2025-11-24T10:00","request":"$event","unit":"3-2-501"}
            {"do":"event.attend","at":"2025-11-24T10:00","request":"$event","unit":"3-2-502"}
            {"do":"visitor.arrive","at":"2025-11-24T09:00","name":"张三","host":"李四","purpose":"探亲访友","plate":"沪a·12345","ref":"v1","as":"S03"}
            {"do":"visitor.arrive","at":"2025-11-24T09:10","name":"快递员","host":"3-2-502","purpose":"快递","plate":"苏B88888","ref":"v2","as":"S03"}
            {"do":"visitor.arrive","at":"2025-11-24T15:30","name":"装修工","host":"3-2-503","purpose":"装修","plate":"看不清","ref":"v3","as":"S03"}
            {"do":"visitor.arrive","at":"2025-11-24T11:00","name":"送水","host":"3-2-503","purpose":"送货","ref":"v4","as":"S03"}
            {"do":"visitor.leave","at":"2025-11-24T11:30","visit":"$v1","as":"S03"}
            {"do":"visitor.unknown","at":"2025-11-24T15:00","visit":"$v4","why":"交班时已不在","as":"S03"}
            {"do":"patrol.check","at":"2025-11-24T14:00","route":"一号线","point":"3栋顶层","as":"S03"}
            {"do":"request.complete","at":"2025-11-24T15:00","request":"$complaint"}
            {"do":"request.complete","at":"2025-11-24T15:00","request":"$minor"}
            {"do":"request.complete","at":"2025-11-24T15:00","request":"$works"}
            {"do":"request.complete","at":"2025-11-24T15:00","request":"$event"}
            {"do":"request.complete","at":"2025-11-24T15:00","request":"$other"}
            {"do":"payment.receive","at":"2025-11-24T10:00","unit":"3-2-501","amount":"200","method":"微信","as":"S07"}
            {"do":"payment.receive","at":"2025-11-24T10:05","unit":"3-2-502","amount":"200","method":"现金","as":"S07"}
            {"do":"payment.receive","at":"2025-11-24T10:10","unit":"3-2-503","amount":"69.99","as":"S07"}
            {"do":"payment.receive","at":"2025-11-24T10:15","unit":"3-2-503","amount":"50","period":"2025-11","ref":"wrong","as":"S07"}
            {"do":"payment.void","at":"2025-11-24T10:20","payment":"$wrong","why":"录错户","as":"S07"}
            {"do":"dunning.record","at":"2025-11-24T11:00","unit":"3-2-503","channel":"电话","outcome":"答应月底付","promise":"2025-11-30","as":"S07"}
            {"do":"inspection.open","at":"2025-11-24T14:00","template":"gate","ref":"i1","as":"S04"}
            {"do":"inspection.mark","at":"2025-11-24T14:05","inspection":"$i1","item":"7.1","result":"pass","as":"S04"}
            {"do":"inspection.mark","at":"2025-11-24T14:06","inspection":"$i1","item":"7.3","result":"pass","as":"S04"}
            {"do":"inspection.mark","at":"2025-11-24T14:07","inspection":"$i1","item":"7.13","result":"fail","note":"值勤时闲聊","as":"S04"}
            {"do":"inspection.close","at":"2025-11-24T14:30","inspection":"$i1","as":"S04"}
            {"do":"inspection.open","at":"2025-11-30T23:59","template":"frontdesk","ref":"i2","as":"S04"}
            {"do":"inspection.open","at":"2025-12-01T00:00","template":"frontdesk","as":"S04"}
            {"do":"inspection.recheck","at":"2025-11-26T09:00","inspection":"$i1","item":"7.13","result":"pass","as":"S04"}
            {"do":"shift.close","at":"2025-11-24T16:00","shift":"$shift","next":"S02","handed":"$v2,$v3","as":"S03"}
            """

        private func day() throws -> TestHome {
            let home = try TestHome()
            let outcome = try home.run("do --lines", input: Self.day)
            try #require(
                outcome.code == 0,
                "\(outcome.answers.enumerated().filter { $1["error"].exists }.map { "\($0): \($1["error"]["message"].text ?? "")" })"
            )
            return home
        }

        /// Values of a row by key, separated by blanks; `-` for null.
        private func cells(_ row: JSON, _ keys: String) -> String {
            keys.split(separator: " ").map { key in
                let value = row[String(key)]
                return value.text ?? value.flag.map { "\($0)" } ?? value.number.map { "\($0)" } ?? "-"
            }.joined(separator: " ")
        }

        @Test("Calls record rings, caller, demands and end (1.1 to 1.7)")
        func calls() throws {
            let calls = try day().show("calls")
            #expect(calls.count == 2)
            #expect(calls[0]["rings"].number == 2 && calls[0]["inTime"].flag == true && calls[0]["demands"].number == 2)
            #expect(calls[0]["unit"].text == "3-2-501" && calls[0]["phone"].text == "138****1111")
            #expect(calls[1]["inTime"].flag == false)
            #expect(calls.map { $0["ended"].text } == ["2025-11-24T08:35:00+08:00", "2025-11-24T08:41:00+08:00"])
        }

        @Test("Return visits have their roles, dates and states (section 3)")
        func followUps() throws {
            let home = try day()
            let rows = try home.show("followups --at 2025-11-25")
            let visits = Set(rows.map { cells($0, "class stage unit opens due state visitors") })
            #expect(
                visits == [
                    "special middle 3-2-501 2025-11-10 2025-11-20 overdue administrator",
                    "special end 3-2-501 2025-11-30 2025-12-03 upcoming administrator",
                    "complaint single 3-2-501 2025-11-24 2025-11-27 open regional,administrator",
                    "repair.minor single 3-2-501 2025-11-24 2025-11-27 open administrator",
                    "repair.works single 3-2-502 2025-11-24 2025-12-24 open administrator",
                    "event single 3-2-501 2025-11-24 2025-12-24 open \(policy(rows, "event"))",
                    "event single 3-2-502 2025-11-24 2025-12-24 open \(policy(rows, "event"))",
                    "other single 3-2-503 2025-11-24 2025-12-01 open \(policy(rows, "other"))",
                ])
            #expect(try home.show("followups --at 2025-11-27T23:59 class=complaint")[0]["state"].text == "open")
            #expect(try home.show("followups --at 2025-11-28T00:01 class=complaint")[0]["state"].text == "overdue")
            #expect(
                try home.show("followups --at 2025-11-24T14:59 class=complaint").isEmpty,
                "not before the work was finished")
        }

        /// The visitors of a class, which the estate's policy decides.
        private func policy(_ rows: [JSON], _ name: String) -> String {
            rows.first { $0["class"].text == name }?["visitors"].text ?? "-"
        }

        @Test("Rates count matured cases; an unsatisfied owner is visited again (section 3)")
        func rates() throws {
            let home = try day()
            func id(_ name: String) throws -> String {
                try #require(try home.show("followups class=\(name) cycle=1")[0]["id"].text)
            }
            let (complaint, minor) = (try id("complaint"), try id("repair.minor"))
            let unsigned = try home.run(
                "do followup.record followup=\(complaint) result=satisfied visitors=S05,S06 --at 2025-11-26 --json")
            #expect(unsigned.code == 3)
            #expect(unsigned.error["code"].text == "followup.unsigned")
            try home.do("followup.record followup=\(minor) result=unreachable visitors=郑管理 --at 2025-11-25T10:00")
            try home.do(
                "followup.record followup=\(complaint) result=unsatisfied visitors=S06 signer=李四 satisfaction=2 --at 2025-11-26T10:00"
            )
            let row = try home.show("followups id=\(complaint)")[0]
            #expect(row["state"].text == "done" && row["result"].text == "unsatisfied")
            #expect(row["absent"].array.map(\.text) == ["regional"], "人员不符: a required role was absent")
            try home.do("followup.rectified followup=\(complaint) --at 2025-11-27T09:00")
            #expect(try home.show("followups class=complaint cycle=2")[0]["due"].text == "2025-11-30")
            let rates = try home.show("rates period=2025-11 --at 2025-11-30")
            #expect(
                Set(rates.map { cells($0, "class target matured covered onTime met") }) == [
                    "complaint 100 1 1 1 true", "repair.minor 100 1 0 0 false", "repair.works 100 0 0 0 -",
                    "special 100 1 0 0 false", "event 70 0 0 0 -", "other - 0 0 0 -",
                ])
            #expect(
                try home.show("rates period=2025-11 --at 2025-11-26").allSatisfy {
                    $0["matured"].number == ($0["class"].text == "special" ? 1 : 0)
                })
        }

        @Test("Gate visits have states and plates, and are handed over by name (section 7)")
        func gate() throws {
            let home = try day()
            let rows = try home.show("gate --at 2025-11-24T15:45").map { cells($0, "name host plate plateState state") }
            #expect(
                Set(rows) == [
                    "张三 3-2-501 沪A12345 known left", "快递员 3-2-502 苏B88888 visitor overstay",
                    "装修工 3-2-503 看不清 unrecognised inside",
                    "送水 3-2-503 - none unknown",
                ])
            #expect(try home.show("gate name=快递员")[0]["handed"].flag == true)
            #expect(try home.show("gate state=unknown")[0]["left"].isNull, "a leaving time is never invented")
            #expect(try home.show("shifts")[0]["handed"].array.count == 2)
        }

        @Test("Collection rates, arrears and bills are as of one moment (5.2)")
        func money() throws {
            let home = try day()
            let rows = try home.show("collection period=2025-11 --at 2025-11-30").map {
                cells($0, "period age billed reduced received rate target met")
            }
            #expect(
                rows == [
                    "2025-11 0 300.00 50.00 200.00 80.00 80 true", "2025-10 1 300.00 0.00 269.99 89.99 90 false",
                    "2025-09 2 0.00 0.00 0.00 - 100 -",
                ])
            #expect(try home.show("collection period=2025-11 --at 2025-11-24T09:00")[0]["received"].text == "0.00")
            #expect(
                try home.show("collection period=2025-11 --at 2025-11-24T10:17")[0]["received"].text == "250.00",
                "not yet voided")
            let arrears = try home.show("arrears --at 2025-11-29")
            #expect(arrears.map { cells($0, "unit owed oldest periods days") } == ["3-2-503 30.01 2025-10-31 1 29"])
            #expect(
                try home.show("arrears --at 2025-11-30").map { cells($0, "unit owed periods") } == ["3-2-503 80.01 2"])
            #expect(
                try home.show("bills unit=3-2-503").map { cells($0, "period reduced paid") } == [
                    "2025-10 0.00 69.99", "2025-11 50.00 0.00",
                ])
        }

        @Test("Inspections belong to weeks from Monday to Sunday; unmarked items do not pass (5.1)")
        func inspections() throws {
            let home = try day()
            let rows = try home.show("inspections week=2025-W48")
            #expect(rows.map { cells($0, "template passed failed unmarked") } == ["gate 2 1 12", "frontdesk 0 0 8"])
            #expect(rows[0]["closed"].text == "2025-11-24T14:30:00+08:00" && rows[1]["closed"].isNull)
            #expect(try home.show("inspections week=2025-W49").count == 1)
            #expect(try home.show("rectifications")[0]["rechecks"].number == 1)
        }

        @Test("The journal is intact, and every form of show has the same rows")
        func everyView() throws {
            let home = try day()
            #expect(try home.run("verify").code == 0)
            for view in ["calls", "requests", "followups", "bills", "gate", "inspections", "dunnings", "patrols"] {
                let rows = try home.show(view)
                #expect(!rows.isEmpty, "\(view)")
                #expect(try home.run("show \(view)").lines.count == rows.count + 1, "\(view)")
                #expect(
                    try home.run("show \(view) --csv").out.components(separatedBy: "\r\n").count == rows.count + 1,
                    "\(view)")
            }
        }
    }
}

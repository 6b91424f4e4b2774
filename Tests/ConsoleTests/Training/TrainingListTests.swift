import Screen
import Testing

@testable import Console
@testable import Estate

/// 培训: recorded by key; certificates that end are told.
@Suite struct TrainingListTests {
    private func desk(as member: String) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: Size(width: 80, height: 24))
        try console.estate.do(
            "training.record",
            [
                "topic": "保安员证", "hours": "8", "trainer": "培训学校", "staff": "S03", "result": "passed",
                "until": "2026-12-10",
            ])
        _ = console.controller.catchUp()
        console.show("trainings")
        return console
    }

    @Test func aTrainingOfSeveralIsRecorded() throws {
        let console = try desk(as: "周主管")
        console.press("F8")
        console.fill("内容", "交接班")
        console.fill("课时", "1.5")
        console.fill("讲师", "周主管")
        console.fill("参加人", "王芳，马门岗")
        console.press("Ctrl-S")
        #expect(console.store.estate.trainings.all.values.last?.staff == ["S02", "S03"])
        console.expect("交接班", near: "王芳")
    }

    @Test func aCertificateThatEndsIsToldAndRenewed() throws {
        let console = try desk(as: "周主管")
        console.expect("证书快到期 1")
        console.press("Enter")
        console.expect("再培训 · 马门岗 保安员证")
        console.fill("证书有效期至", "2028-12-10")
        console.press("Ctrl-S")
        console.expect("2026-12-10 已换新")
        console.expect("2028-12-10 有效")
    }

    @Test(arguments: [("马门岗", true), ("王芳", false), ("周主管", true)])
    func resultsAreOnesOwn(member: String, sees: Bool) throws {
        let console = try desk(as: member)
        console.expect("保安员证", near: "马门岗")
        #expect(console.line(with: "保安员证").contains("合格") == sees)
    }

    @Test func whatWasFailedStandsOut() throws {
        let console = try desk(as: "周主管")
        console.expect("合格", near: "保安员证")
        #expect(!console.styles(of: "合格").contains { $0.tone == .danger })
        try console.estate.do(
            "training.record",
            ["topic": "消防", "hours": "1", "trainer": "周主管", "staff": "S03", "result": "failed"])
        _ = console.controller.catchUp()
        #expect(console.styles(of: "不合格").contains { $0.tone == .danger })
    }
}

import TestSupport

@testable import Estate

extension Events: RecordedDay {
    static func record(in test: TestEstate) throws {
        let event = try test.do("request.open", ["class": "event", "unit": "3-2-501", "text": "迎新联欢会"])
        try test.do("event.plan", ["request": event, "budget": "500", "date": "2027-01-10"])
        let task = try test.do("event.task", ["request": event, "task": "场地布置", "who": "工程", "due": "2027-01-09"])
        try test.do("event.cost", ["request": event, "amount": "120.50", "what": "奖品"])
        try test.do("task.done", ["task": task])
        try test.do(
            "event.open", ["text": "元宵灯会", "place": "中心广场", "date": "2027-02-20", "budget": "800"])
    }
}

/// A renovation of the demo: when it was applied for, and what happened since.
struct SampleRenovation {
    enum Step {
        /// So many of the papers came.
        case papers(Int)
        /// All of them are there.
        case complete
        case consent
        case notice
        case neighbours
        /// Works from the next day on, for so many days.
        case agree(days: Int)
        /// Amounts in yuan.
        case permit(deposit: Int, fee: Int, days: Int, method: String)
        case passes(Int)
        case check(String, String)
        case violation(String, isHarmed: Bool)
        case obeyed
        case report(to: String, number: String)
        /// By so many days.
        case extend(days: Int, why: String)
        case finish
        case accept(passed: Bool, note: String?)
        /// In yuan, signed by the owner.
        case deduct(Int, why: String, evidence: String)
        /// All that is held.
        case refund
        case withdraw(String)
    }

    /// A step so many days after the application, at an hour.
    struct Event {
        let day: Int
        let hour: Int
        let step: Step

        init(_ day: Int, _ hour: Int, _ step: Step) { (self.day, self.hour, self.step) = (day, hour, step) }
    }

    /// How many days before today it was applied for.
    let daysAgo: Int
    let isLet: Bool
    let contractor: String
    let works: String
    let events: [Event]

    init(
        _ daysAgo: Int, _ works: String, _ contractor: String, isLet: Bool = false, _ events: [Event]
    ) {
        (self.daysAgo, self.works, self.contractor, self.isLet, self.events) = (
            daysAgo, works, contractor, isLet, events
        )
    }

    /// From the application to the works: papers, signatures, registration, passes.
    private static func begun(
        days: Int, deposit: Int = 2000, fee: Int = 0, method: String = "微信", workers: Int = 3, permit: Int = 2
    ) -> [Event] {
        [
            Event(0, 10, .notice), Event(1, 11, .neighbours), Event(1, 15, .complete),
            Event(permit, 9, .agree(days: days)),
            Event(permit, 10, .permit(deposit: deposit, fee: fee, days: days, method: method)),
            Event(permit, 11, .passes(workers)), Event(permit + 2, 10, .check("进场", "成品保护、灭火器、公示都有")),
        ]
    }

    static let all = [
        SampleRenovation(
            130, "全屋翻新，水电改造", "安居装饰",
            begun(days: 60, fee: 200)
                + [
                    Event(20, 15, .check("水电隐蔽前", "没有碰公共管线")), Event(50, 10, .finish),
                    Event(52, 10, .accept(passed: false, note: "楼道墙面磕损，地漏未通水")),
                    Event(58, 10, .accept(passed: true, note: nil)),
                    Event(60, 11, .deduct(300, why: "楼道墙面修补", evidence: "照片 0619")), Event(94, 15, .refund),
                ]),
        SampleRenovation(
            120, "客餐厅吊顶，刷墙", "锦绣家装",
            begun(days: 50, method: "转账", permit: 8)
                + [
                    Event(25, 10, .check("期中", "材料堆放整齐")), Event(45, 16, .finish),
                    Event(47, 10, .accept(passed: true, note: nil)),
                    Event(80, 10, .refund),
                ]),
        SampleRenovation(
            100, "厨房改造，换燃气热水器位置", "优品厨卫",
            begun(days: 50, method: "刷卡")
                + [
                    Event(12, 10, .check("闭水试验", "24 小时无渗漏，楼下看过")), Event(55, 15, .finish),
                    Event(60, 10, .accept(passed: true, note: nil)),
                ]),
        SampleRenovation(
            90, "卫生间翻新，重做防水", "安居装饰",
            begun(days: 50, fee: 200)
                + [
                    Event(15, 10, .check("闭水试验", "24 小时无渗漏，楼下双方签名")), Event(54, 16, .finish),
                    Event(57, 10, .accept(passed: true, note: nil)),
                ]),
        SampleRenovation(
            80, "拆改衣帽间，木作", "老木匠工作室",
            begun(days: 40, method: "转账", workers: 2)
                + [Event(20, 11, .withdraw("业主工作调动，房子改为出售")), Event(24, 15, .refund)]),
        SampleRenovation(
            75, "全屋地板和门套更换", "宜家美饰",
            begun(days: 60)
                + [
                    Event(30, 10, .violation("室内存大量稀料", isHarmed: false)), Event(30, 14, .obeyed),
                    Event(66, 10, .finish),
                    Event(69, 10, .accept(passed: false, note: "阳台地漏堵塞，楼道有余料")),
                ]),
        SampleRenovation(
            70, "全屋翻新", "锦绣家装",
            begun(days: 60, fee: 300, method: "刷卡", workers: 4)
                + [
                    Event(20, 10, .check("水电隐蔽前", "没有碰公共管线")), Event(40, 10, .check("期中", "动火有看护，垃圾当日清")),
                    Event(58, 10, .extend(days: 30, why: "定制柜子晚到")),
                ]),
        SampleRenovation(
            60, "两间卧室刷墙，换地板", "宜家美饰", begun(days: 65) + [Event(30, 10, .check("期中", "没有问题")), Event(58, 16, .finish)]),
        SampleRenovation(50, "封阳台，做储物柜", "城南铝业", [Event(0, 10, .notice), Event(3, 15, .withdraw("业主改期，明年再装"))]),
        SampleRenovation(
            35, "客厅和厨房打通", "创意空间",
            begun(days: 75)
                + [
                    Event(20, 10, .violation("在承重墙上剔槽", isHarmed: true)),
                    Event(21, 9, .report(to: "区住建局", number: "2026-0318")),
                    Event(22, 15, .check("拆改后", "已停工，等原设计单位意见")),
                ]),
        SampleRenovation(
            20, "换地板，刷墙", "快修坊", isLet: true,
            [Event(0, 9, .consent)] + begun(days: 60, deposit: 1000, workers: 2)
                + [Event(9, 16, .violation("材料堆在楼道过夜", isHarmed: false)), Event(10, 9, .obeyed)]),
        SampleRenovation(
            15, "卫生间干湿分离", "优品厨卫",
            begun(days: 45, method: "现金") + [Event(14, 15, .violation("把油漆、灰浆倒进下水道", isHarmed: false))]),
        SampleRenovation(
            12, "换空调外机", "格美空调",
            [
                Event(0, 11, .complete), Event(0, 14, .permit(deposit: 0, fee: 0, days: 3, method: "微信")),
                Event(1, 16, .finish),
                Event(2, 10, .accept(passed: true, note: "外机位置符合约定")),
            ]),
        SampleRenovation(6, "刷墙，换灯", "快修坊", isLet: true, [Event(0, 10, .notice), Event(0, 11, .papers(4))]),
        SampleRenovation(
            4, "全屋翻新", "安居装饰", [Event(0, 10, .notice), Event(0, 11, .papers(3)), Event(2, 9, .papers(2))]),
        SampleRenovation(
            2, "卫生间翻新，重做防水", "锦绣家装", [Event(0, 10, .notice), Event(1, 10, .neighbours), Event(1, 16, .complete)]),
    ]
}

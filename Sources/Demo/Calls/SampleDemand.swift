import Estate

/// A demand that a caller may state.
struct SampleDemand {
    /// The class of the request that it may become.
    let `class`: RequestClass
    let text: String
    /// The duration of a special service, in days.
    var length: ClosedRange<Int>?

    /// Whether a repair cannot wait.
    var isUrgent: Bool { `class` == .minorRepair && SampleDemand.urgent.contains(text) }
    private static let urgent: Set<String> = ["插座跳闸", "水表阀门渗水"]

    /// The percentage of a class's demands that become requests; the others are settled during the call.
    static func requestShare(of requestClass: RequestClass) -> Int {
        switch requestClass {
        case .complaint: 62
        case .minorRepair: 82
        case .repairWorks, .special: 92
        case .event: 0
        case .other: 16
        }
    }

    static func next(_ random: inout SeededGenerator) -> SampleDemand {
        let kind: RequestClass = random.pick([
            (.complaint, 25), (.minorRepair, 31), (.repairWorks, 3), (.special, 5), (.other, 36),
        ])
        if kind == .special {
            let (text, length) = random.pick(services)
            return SampleDemand(class: kind, text: text, length: length)
        }
        return SampleDemand(class: kind, text: random.pick(texts(of: kind)))
    }

    private static func texts(of requestClass: RequestClass) -> [String] {
        switch requestClass {
        case .complaint: complaints
        case .minorRepair: repairs
        case .repairWorks: works
        case .special, .event, .other: questions
        }
    }

    private static let complaints = [
        "电梯夜间异响", "楼道堆物", "车位被占", "楼上装修噪音扰民", "宠物粪便无人清理", "广场舞音乐过大", "垃圾清运不及时", "门岗态度生硬", "遛狗不牵绳",
        "电动车推进电梯", "高空抛物", "绿化带积水有异味", "消防通道停车", "楼下餐饮油烟", "公共区域保洁不到位", "外来人员推销敲门", "电梯轿厢有烟味",
        "地库灯光太暗", "儿童游乐设施松动无人处理", "清晨割草机噪音",
    ]

    private static let repairs = [
        "厨房龙头滴水", "门禁失灵", "楼道灯不亮", "马桶水箱漏水", "单元门闭门器损坏", "可视对讲无声音", "下水道堵塞", "水表阀门渗水", "插座跳闸", "阳台地漏返味",
        "信报箱锁损坏", "楼道窗户关不严", "入户门合页松动", "卫生间排风扇不转", "电梯按键不灵", "地库道闸识别慢", "空调冷凝水管脱落", "楼梯扶手松动",
    ]

    private static let works = [
        "外墙渗水，需重做防水", "楼顶防水层老化翻修", "地下车库地面修补", "单元门整体更换", "主下水管更换", "消防管道锈蚀更换", "电梯曳引绳更换", "屋面落水管改造",
    ]

    private static let services: [(String, ClosedRange<Int>)] = [
        ("家庭保洁", 28...60), ("花木养护", 45...90), ("家电清洗", 6...9), ("老人陪护", 21...60), ("宠物代管", 7...14), ("室内消毒", 6...8),
        ("家教接送", 30...60), ("空房看护", 30...75), ("钟点工", 20...45),
    ]

    /// The teams that offer a special service.
    static func teams(for service: String) -> [String] {
        switch service {
        case "花木养护": ["绿化班"]
        case "家庭保洁", "家电清洗", "室内消毒", "钟点工": ["保洁班"]
        default: ["家政服务组"]
        }
    }

    private static let questions = [
        "咨询装修手续", "办理停车月卡", "开具缴费证明", "补办门禁卡", "借用手推车", "咨询物业费标准", "变更联系电话", "预约搬家电梯", "咨询宽带安装", "询问快递代收点",
        "询问水箱清洗时间", "咨询垃圾分类投放时间", "登记访客车辆", "预约会所活动室", "询问失物招领", "索取缴费发票",
    ]

    /// Purposes of outgoing calls.
    static let errands = ["预约回访时间", "通知维修人员上门", "通知领取快递", "通知挪车", "回复诉求处理结果", "通知电梯保养停运", "确认活动报名"]
}

extension SettleDemand {
    private static func answers(to requestClass: RequestClass) -> [String] {
        switch requestClass {
        case .complaint: ["已致歉，并通知值班人员到场处理", "已告知本周内处理，并致歉", "已解释规定，业主表示理解"]
        case .minorRepair, .repairWorks, .special: ["已约定上门时间", "已说明收费标准和依据", "业主自行处理，已告知注意事项"]
        case .event, .other: ["已说明办理时间与所需材料", "已告知办公时间和地点", "已说明收费标准和依据"]
        }
    }

    /// The settlement of a demand that becomes no request; `nil` for 6 % that stay open.
    static func some(
        of demand: Ref<Demand>, _ requestClass: RequestClass, _ random: inout SeededGenerator
    ) -> SettleDemand? {
        if random.chance(6) { return nil }
        if random.chance(25) {
            return SettleDemand(demand: demand, outcome: .passed, to: random.pick(["工程部", "保洁班", "保安队", "财务室"]))
        }
        return SettleDemand(demand: demand, outcome: .answered, note: random.pick(answers(to: requestClass)))
    }
}

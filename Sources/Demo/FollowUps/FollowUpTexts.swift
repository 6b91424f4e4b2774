import Estate

/// Sample texts for the records of return visits.
enum FollowUpTexts {
    static let quality = ["维修到位，无返工", "处理及时，现场整洁", "服务规范，质量良好", "符合要求", "工艺平整，用料合格", "响应快，一次处理完成"]
    static let effect = ["问题已解决", "复查未见异常", "使用正常", "效果明显", "噪音已消除", "现场已恢复"]
    static let shortcomings = ["上门时间偏晚", "事先未电话预约", "现场清理不够彻底", "解释不够详细", "等待时间较长"]
    static let suggestions = ["建议提前预约上门时间", "希望定期检查电梯", "希望加强夜间巡逻", "建议增设电动车充电位", "希望多组织亲子活动", "建议楼道增加照明"]

    static let unreachable = ["业主长期在外地，电话未通", "房屋已空置，联系不上业主", "业主三次拒绝回访"]

    static let badQuality = ["处理不彻底，问题仍在", "更换的配件不合适", "现场遗留垃圾", "未按约定时间完成"]
    static let badEffect = ["问题再次出现", "仍有渗漏", "异响未消除", "效果不明显"]
    static let badShortcomings = ["维修人员沟通不足", "同一问题多次报修", "处理拖延", "无人告知进度"]
}
